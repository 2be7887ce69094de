import type { Operation } from '../../contract/contract.js';
import type { RequestValues } from '../target/request.js';

/** An entry of the generated operations table, as far as a call needs it. */
export interface Described {
  readonly method: string;
  readonly route: string;
  /** The method of the client, with its groups: `users.roles.assign`. */
  readonly call: string;
  readonly pages?: string;
  /** Status → its problems. */
  readonly statuses: Readonly<Record<string, readonly { readonly problem: string; readonly errorCode?: string }[]>>;
}

/** The result of a method of the generated client. */
export type ClientResult =
  | { readonly ok: true; readonly status: number | string; readonly data: unknown; readonly response: Response }
  | { readonly ok: false; readonly status: number | string; readonly error: unknown; readonly response: Response };

/** Whether a table entry describes this operation: the same method, route and responses. */
export function describes(described: Described, operation: Operation): boolean {
  const documented = operation.responses.map(({ status, problems }) => [status, problems.map(({ name }) => name)]);
  const listed = Object.entries(described.statuses).map(([status, problems]) => [
    status,
    problems.map(({ problem }) => problem),
  ]);
  const sorted = (list: readonly unknown[]): string =>
    list
      .map((each) => JSON.stringify(each))
      .sort()
      .join();
  return (
    described.method === operation.method &&
    described.route === operation.route &&
    sorted(documented) === sorted(listed)
  );
}

/** Calls the generated client's methods for one operation. */
export class ClientCaller {
  readonly #client: object;
  readonly #described: Described;
  readonly #operation: Operation;

  constructor(client: object, described: Described, operation: Operation) {
    this.#client = client;
    this.#described = described;
    this.#operation = operation;
  }

  /** The result, or what the client throws. Arguments: ids in the order of the path, then body, then query. */
  async call(values: RequestValues): Promise<ClientResult | Error> {
    const method = methodOf(this.#client, this.#described.call);
    if (method === undefined) return new TypeError(`The client has no method ${this.#described.call}.`);
    const { parameters, requestBody } = this.#operation;
    const hasQuery = parameters.some((parameter) => parameter.in === 'query');
    const rest = [...(requestBody ? [values.body] : []), ...(hasQuery ? [values.query] : [])];
    try {
      // Every generated method returns a result of this form.
      return (await method(...idsOf(this.#operation, values), ...rest)) as ClientResult;
    } catch (thrown) {
      return thrown instanceof Error ? thrown : new Error(String(thrown));
    }
  }

  /** All items of a listing, through the method that walks its pages; absent if the client has no such method. */
  async all(values: RequestValues): Promise<readonly unknown[] | Error | undefined> {
    const group = this.#described.call.split('.').slice(0, -1);
    const method = methodOf(this.#client, [...group, 'all'].join('.'));
    if (method === undefined) return undefined;
    const items: unknown[] = [];
    try {
      // Methods that walk pages return async iterables.
      const walk = method(...idsOf(this.#operation, values), values.query) as AsyncIterable<unknown>;
      for await (const item of walk) items.push(item);
      return items;
    } catch (thrown) {
      return thrown instanceof Error ? thrown : new Error(String(thrown));
    }
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
