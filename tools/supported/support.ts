import type { Contract, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { propertiesOf } from '../../tenant/view/properties.js';

/** How much of one operation of the provider's document the contract has. */
export interface OperationSupport {
  /** As the provider's document spells it. */
  readonly method: string;
  readonly path: string;
  /** Undefined if the contract lacks the operation. */
  readonly covered?: {
    readonly parameters: Share;
    /** Of the request body, at its first level. */
    readonly properties: Share;
    readonly answers: Share;
  };
  /** How many recorded exchanges show it. */
  readonly recorded: number;
}

/** How many of the provider's names the contract has too. */
export interface Share {
  readonly have: number;
  readonly of: number;
  readonly missing: readonly string[];
}

/** An exchange, as far as it matters here: the path without the server's. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
}

/** Compares the contract with the provider's document, operation by operation, in the order of that document. */
export function supportOf(
  ours: Contract,
  official: Contract,
  requests: readonly RecordedRequest[],
): readonly OperationSupport[] {
  const known = new Map(ours.operations.map((operation) => [keyOf(operation), operation]));
  const counts = countExchanges(official, requests);
  return official.operations.map((theirs) => {
    const operation = known.get(keyOf(theirs));
    const support = { method: theirs.method, path: theirs.path, recorded: counts.get(keyOf(theirs)) ?? 0 };
    if (operation === undefined) return support;
    return {
      ...support,
      covered: {
        parameters: share(parameterNames(theirs), parameterNames(operation)),
        properties: share(propertyNames(official, theirs), propertyNames(ours, operation)),
        answers: share(
          theirs.responses.map(({ status }) => status),
          operation.responses.map(({ status }) => status),
        ),
      },
    };
  });
}

/** The operations of the contract that the provider's document does not have: `GET /.well-known/jwks.json`. */
export function besides(ours: Contract, official: Contract): readonly string[] {
  const theirs = new Set(official.operations.map(keyOf));
  return ours.operations.filter((each) => !theirs.has(keyOf(each))).map(({ method, path }) => `${method} ${path}`);
}

/** Paths that differ only in the names of their parameters are the same. */
function keyOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`;
}

function share(theirs: readonly string[], ours: readonly string[]): Share {
  const names = [...new Set(theirs)];
  const missing = names.filter((name) => !ours.includes(name));
  return { have: names.length - missing.length, of: names.length, missing };
}

/** Query and header parameters: those in the path are part of the path. */
function parameterNames({ parameters }: Operation): readonly string[] {
  return parameters.filter((parameter) => parameter.in !== 'path').map(({ name }) => name);
}

function propertyNames(contract: Contract, { requestBody }: Operation): readonly string[] {
  const schema = requestBody?.content[0]?.schema;
  if (schema === undefined) return [];
  const { items } = contract.resolve(schema);
  return [...propertiesOf(contract, isObject(items) ? items : schema).keys()];
}

/** An exchange belongs to the operation with the fewest parameters in its path that fits. */
function countExchanges(official: Contract, requests: readonly RecordedRequest[]): ReadonlyMap<string, number> {
  const patterns = official.operations
    .map(({ method, path }) => ({ method, key: keyOf({ method, path }), pattern: patternOf(path), path }))
    .sort((one, other) => one.path.split('{').length - other.path.split('{').length);
  const counts = new Map<string, number>();
  for (const { method, path } of requests) {
    const found = patterns.find((each) => each.method === method && each.pattern.test(path));
    if (found !== undefined) counts.set(found.key, (counts.get(found.key) ?? 0) + 1);
  }
  return counts;
}

function patternOf(path: string): RegExp {
  const source = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+');
  return new RegExp(`^${source}$`);
}
