import type { Contract, Method, Operation } from '../../../contract/contract.js';
import type { Check, CheckContext } from '../../check.js';
import { excerpt } from '../../judge/safety.js';
import { isWebPage } from '../../judge/web-page.js';
import { isFirstOfPath } from '../../lookup/first-of-path.js';
import { isTokenRefusal } from '../../lookup/token-refusal.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest, noValues, undocumented } from '../../target/request.js';
import { generalRule } from '../../trial/expected-refusal.js';

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Many servers have operations that a contract leaves out, so a success only warns. */
const UNDOCUMENTED = { ...generalRule('the contract does not define this method'), grade: 'inferred' } as const;

export const unknownMethod: Check = {
  id: 'unknown-method',
  family: 'protocol',
  title: 'An undocumented method is refused',
  description:
    'Sends every method that the contract does not define for the path, otherwise valid. Each must be refused with a 4xx or ' +
    '501, without a server error or a stack trace. A write that names no unknown resource could change all that is there: ' +
    'it is sent without a token, and only to a target that refuses the documented request without one.',
  appliesTo: 'one operation of each path that lacks a method',
  applies: (operation, contract) =>
    isFirstOfPath(operation, contract) && methodsToTry(operation, contract).methods.length > 0,
  requests(operation, contract, depth) {
    const { methods, needRefusal } = methodsToTry(operation, contract);
    return depth === 'smoke' ? 0 : methods.length + Number(needRefusal.length > 0);
  },
  async run(operation, context) {
    const { methods, needRefusal } = methodsToTry(operation, context.contract);
    const isRefused = needRefusal.length === 0 || (await isRefusedWithoutToken(operation, context));
    if (!isRefused) {
      const reason = 'The target answers without a token, and they may change all that is there.';
      context.missed(`${needRefusal.join(', ')} ${operation.route}`, reason);
    }
    for (const method of methods.filter((each) => isRefused || !needRefusal.includes(each))) {
      // If the server knows the method after all, it cannot change an unknown resource.
      const names = Object.entries(operation.effect?.of ?? {});
      const path = { ...(await context.fixtures.valid(operation)).path };
      for (const [side, parameter] of names) path[parameter] = (await context.fixtures.unknown(side)).id;
      const request = undocumented(buildRequest(operation, { ...noValues, path }));
      const exchange = await context.send({ ...request, method }, needRefusal.includes(method) ? { token: null } : {});
      context.report(...context.judge(exchange, { kind: 'documented' }));
      if (succeeded(exchange)) {
        context.report({
          cause: isWebPage(exchange, operation)
            ? 'a web page answers undocumented methods'
            : `${method} succeeds although it is undocumented`,
          expected: '404, 405 or 501',
          actual: `${exchange.response.status} ${excerpt(exchange.response.text)}`.trimEnd(),
          evidence: UNDOCUMENTED,
          exchange,
        });
      }
    }
  },
};

interface MethodsToTry {
  readonly methods: readonly Method[];
  /** Those of them that are sent without a token, to a target that refuses what has none. */
  readonly needRefusal: readonly Method[];
}

/** A write on the path of a collection, or of what exists once, may change all of it. */
function methodsToTry(operation: Operation, contract: Contract): MethodsToTry {
  const unknown = unknownMethods(operation, contract);
  const namesUnknown = Object.keys(operation.effect?.of ?? {}).length > 0;
  const writes = namesUnknown ? [] : unknown.filter((method) => method !== 'GET');
  if (operation.security.length > 0) return { methods: unknown, needRefusal: writes };
  return { methods: unknown.filter((method) => !writes.includes(method)), needRefusal: [] };
}

async function isRefusedWithoutToken(operation: Operation, context: CheckContext): Promise<boolean> {
  const request = buildRequest(operation, await context.fixtures.valid(operation));
  const exchange = await context.send(request, { token: null });
  return exchange.response.status === 403 || isTokenRefusal(operation, exchange);
}

function unknownMethods(operation: Operation, contract: Contract): readonly Method[] {
  const known = contract.operations
    .filter(({ route }) => hasSameForm(route, operation.route))
    .map(({ method }) => method);
  return METHODS.filter((method) => !known.includes(method));
}

/** Whether a request to one route could be meant for the other. */
function hasSameForm(one: string, other: string): boolean {
  const parts = one.split('/');
  const others = other.split('/');
  return (
    parts.length === others.length &&
    parts.every((part, index) => part === others[index] || part.startsWith('{') || others[index]?.startsWith('{'))
  );
}
