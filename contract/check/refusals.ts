import { boundSides } from '../bound-sides.js';
import type { Cause, Contract, Operation, Parameter, Pointer, Problem } from '../contract.js';
import { isObject, splitPointer } from '../pointer.js';
import type { Flaw } from './flaw.js';
import { unknownName } from './unknown-name.js';

/** Names at responses that the catalogue lacks, and problems that no request to the operation can cause. */
export function checkProblems(contract: Contract, operation: Operation): readonly Flaw[] {
  return operation.responses.flatMap((response) => {
    const pointer = `${response.pointer}/x-problems`;
    const missing = namesAt(contract, pointer)
      .map((name, index) => ({ name, place: `${pointer}/${index}` }))
      .filter(({ name }) => !contract.problems.has(name))
      .map(({ name, place }) => unknownName(place, 'problem', name, contract.problems.keys()));
    const impossible = response.problems
      // A response that operations share may list problems that some of them cannot have.
      .filter((problem) => response.pointer.startsWith(operation.pointer) && !canOccur(contract, operation, problem))
      .map((problem) => ({
        pointer,
        message: `"${problem.name}" cannot occur at "${operation.id}": no request causes it; remove it, or give the operation what the cause needs`,
      }));
    return [...missing, ...impossible];
  });
}

function namesAt(contract: Contract, pointer: Pointer): readonly string[] {
  let value: unknown = contract.document;
  for (const segment of splitPointer(pointer)) value = isObject(value) ? value[segment] : undefined;
  return Array.isArray(value) ? value.map(String) : [];
}

/** Whether a request to an operation with an effect can have a cause, by kind of the cause. */
const CAN_OCCUR: {
  readonly [kind in Cause['kind']]: (cause: Extract<Cause, { kind: kind }>, site: Site) => boolean;
} = {
  token: (_, { operation }) => operation.security.length > 0,
  scope: (_, { operation }) => operation.security.length > 0,
  rate: (_, { contract }) => contract.rateLimit !== undefined,
  invalid: ({ part }, { operation }) => {
    if (part === 'body') return operation.requestBody !== undefined;
    return part !== 'path' || operation.parameters.some((parameter) => parameter.in === 'path');
  },
  beyond: (_, { operation }) => operation.parameters.some(({ query }) => query?.kind === 'page'),
  unknown: ({ of }, { contract, effect }) => {
    const refers = contract.resources.get(effect.target)?.refers ?? [];
    const named = [...boundSides(effect), ...Object.keys(effect.each), ...refers.map(({ resource }) => resource)];
    return named.includes(of) || (effect.on === 'relation' && effect.target === of);
  },
  duplicate: ({ of }, { effect }) => of === effect.target && (effect.kind === 'create' || effect.kind === 'update'),
  full: ({ of }, { effect }) => of === effect.target && (effect.kind === 'create' || effect.kind === 'add'),
  unsupported: ({ of }, { contract, operation, effect }) => {
    const resource = contract.resources.get(effect.target);
    const reference = resource?.refers.find(({ property }) => property === resource.kind?.property);
    return (
      reference?.resource === of && operation.requestBody?.content.some(({ kinds }) => kinds !== undefined) === true
    );
  },
  hook: () => true,
  never: () => true,
};

interface Site {
  readonly contract: Contract;
  readonly operation: Operation;
  readonly effect: NonNullable<Operation['effect']>;
}

function canOccur(contract: Contract, operation: Operation, { when }: Problem): boolean {
  const { effect } = operation;
  if (effect === undefined) return true;
  // The table has the function for each kind; TypeScript cannot see that both come from one cause.
  const check = CAN_OCCUR[when.kind] as (cause: Cause, site: Site) => boolean;
  return check(when, { contract, operation, effect });
}

/** A refusal that every server owes to some requests: when an operation needs it, and what to add if it is missing. */
interface OwedRefusal {
  readonly status: number;
  readonly to: string;
  readonly when: string;
  readonly needed: (operation: Operation) => boolean;
  readonly is: (cause: Cause) => boolean;
}

const OWED: readonly OwedRefusal[] = [
  {
    status: 401,
    to: 'a request without a valid token',
    when: '{token: other}',
    needed: ({ security }) => security.length > 0,
    is: ({ kind }) => kind === 'token',
  },
  {
    status: 403,
    to: 'a token without the required scopes',
    when: 'scope',
    needed: ({ security }) => security.some(({ scopes }) => scopes.length > 0),
    is: ({ kind }) => kind === 'scope',
  },
  {
    status: 400,
    to: 'an invalid body',
    when: '{invalid: body}',
    needed: ({ requestBody }) => requestBody !== undefined,
    is: (cause) => cause.kind === 'invalid' && cause.part === 'body',
  },
  {
    status: 400,
    to: 'an invalid query',
    when: '{invalid: query}',
    needed: ({ parameters }) => parameters.some((parameter) => parameter.in === 'query' && isConstrained(parameter)),
    is: (cause) => cause.kind === 'invalid' && cause.part === 'query',
  },
];

/** A text of any length fits a bare string; everything else can be invalid. */
function isConstrained({ schema }: Parameter): boolean {
  const { type, $ref } = schema;
  const constraints = ['enum', 'pattern', 'format', 'minLength', 'maxLength', 'const', 'allOf', 'anyOf', 'oneOf'];
  return $ref !== undefined || type !== 'string' || constraints.some((keyword) => schema[keyword] !== undefined);
}

/**
 * Refusals that the tenant gives and verify provokes for an operation with an effect, and that the operation does not
 * define: verify would report the project's own tenant for them. Operations without our keywords need none.
 */
export function checkMissingRefusals(operation: Operation): readonly Flaw[] {
  if (operation.effect === undefined) return [];
  const { responses } = operation;
  const causes = responses.flatMap(({ problems }) => problems.map(({ when }) => when));
  const missing = OWED.filter(
    ({ status, needed, is }) => needed(operation) && !causes.some(is) && !hasResponse(operation, status),
  );
  return missing.map(({ status, to, when }) => ({
    pointer: `${operation.pointer}/responses`,
    message: `no response is defined for ${to}: add a response ${status} whose x-problems list a problem with when: ${when}`,
  }));
}

function hasResponse({ responses }: Operation, status: number): boolean {
  const fitting = [String(status), `${String(status).charAt(0)}XX`, 'default'];
  return responses.some((response) => fitting.includes(response.status));
}

/** A problem of the catalogue that no response lists can never occur. */
export function checkCatalogue(contract: Contract): readonly Flaw[] {
  const listed = new Set(
    contract.operations.flatMap(({ responses }) =>
      responses.flatMap(({ problems }) => problems.map(({ name }) => name)),
    ),
  );
  return [...contract.problems.values()]
    .filter(({ name }) => !listed.has(name))
    .map(({ name, pointer }) => ({
      pointer,
      message: `no response lists the problem "${name}"; list it under x-problems of a response, or remove it`,
    }));
}
