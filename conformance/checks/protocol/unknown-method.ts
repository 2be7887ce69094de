import type { Contract, Method, Operation } from '../../../contract/contract.js';
import type { Check } from '../../check.js';
import { excerpt } from '../../judge/safety.js';
import { isWebPage } from '../../judge/web-page.js';
import { isFirstOfPath } from '../../lookup/first-of-path.js';
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
    '501, without a server error or a stack trace.',
  appliesTo: 'one operation of each path that lacks a method',
  applies: (operation, contract) =>
    isFirstOfPath(operation, contract) && unknownMethods(operation, contract).length > 0,
  requests: (operation, contract, depth) => (depth === 'smoke' ? 0 : unknownMethods(operation, contract).length),
  async run(operation, context) {
    for (const method of unknownMethods(operation, context.contract)) {
      // If the server knows the method after all, it cannot change an unknown resource.
      const names = Object.entries(operation.effect?.of ?? {});
      const path = { ...(await context.fixtures.valid(operation)).path };
      for (const [side, parameter] of names) path[parameter] = (await context.fixtures.unknown(side)).id;
      const request = undocumented(buildRequest(operation, { ...noValues, path }));
      // On the path of a collection it could change all resources: there it is sent without a token.
      const isHarmless = method === 'GET' || names.length > 0;
      const exchange = await context.send({ ...request, method }, isHarmless ? {} : { token: null });
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
