import type { Operation } from '../../contract/contract.js';
import type { RequestValues } from '../target/request.js';

/** What a generated table says of an operation, as far as a call needs it. */
export interface Described {
  readonly method: string;
  readonly route: string;
  /** The method of the client, with its groups: `users.roles.assign`. */
  readonly call: string;
  readonly pages?: string;
  /** Status → the problems that it stands for. */
  readonly statuses: Readonly<Record<string, readonly { readonly problem: string; readonly errorCode?: string }[]>>;
}

/** What a generated client reports. */
export type ClientResult =
  | { readonly ok: true; readonly status: number | string; readonly data: unknown; readonly response: Response }
  | { readonly ok: false; readonly status: number | string; readonly error: unknown; readonly response: Response };

/** Whether a table's entry is about this very operation: its method, its route, and all its answers. */
export function describes(described: Described, operation: Operation): boolean {
  const answers = operation.responses.map(({ status, problems }) => [status, problems.map(({ name }) => name)]);
  const own = Object.entries(described.statuses).map(([status, problems]) => [
    status,
    problems.map(({ problem }) => problem),
  ]);
  const sorted = (list: readonly unknown[]): string =>
    list
      .map((each) => JSON.stringify(each))
      .sort()
      .join();
  return (
    described.method === operation.method && described.route === operation.route && sorted(answers) === sorted(own)
  );
}

/** Calls the client's method for an operation: ids in the order of the path, then body, then query. Gives what it throws. */
export async function invoke(
  client: object,
  described: Described,
  operation: Operation,
  values: RequestValues,
): Promise<ClientResult | Error> {
  const method = methodOf(client, described.call);
  if (method === undefined) return new TypeError(`The client has no method ${described.call}.`);
  const hasQuery = operation.parameters.some((parameter) => parameter.in === 'query');
  const rest = [...(operation.requestBody ? [values.body] : []), ...(hasQuery ? [values.query] : [])];
  try {
    // The result of a generated method has this form whatever the operation.
    return (await method(...idsOf(operation, values), ...rest)) as ClientResult;
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
  }
}

/** All items of a listing by the method that walks its pages; nothing where the client has none of the usual name. */
export async function walkAll(
  client: object,
  described: Described,
  operation: Operation,
  values: RequestValues,
): Promise<readonly unknown[] | Error | undefined> {
  const group = described.call.split('.').slice(0, -1);
  const method = methodOf(client, [...group, 'all'].join('.'));
  if (method === undefined) return undefined;
  const items: unknown[] = [];
  try {
    // Methods that walk pages give async iterables.
    const walk = method(...idsOf(operation, values), values.query) as AsyncIterable<unknown>;
    for await (const item of walk) items.push(item);
    return items;
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
  }
}

function idsOf(operation: Operation, values: RequestValues): readonly unknown[] {
  return [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => values.path[name ?? '']);
}

/** A method of the client by its name with groups: a generated client is an object of objects of functions. */
function methodOf(client: object, call: string): ((...args: unknown[]) => unknown) | undefined {
  const found = call
    .split('.')
    .reduce<unknown>(
      (group, name) => (typeof group === 'object' && group !== null ? Reflect.get(group, name) : undefined),
      client,
    );
  return typeof found === 'function' ? (...args) => Reflect.apply(found, undefined, args) : undefined;
}
