import type { Contract, Json, Pointer } from '../spec/contract/contract.js';
import { isObject } from '../spec/contract/pointer.js';
import type { Exchange } from './exchange.js';

export interface CoverageEntry {
  readonly operation: string;
  readonly status: number;
  readonly errorCode?: string;
  readonly hits: number;
}

/** Which answers of which operations were seen, and which facts were put to the test. */
export class Coverage {
  readonly #contract: Contract;
  readonly #codeProperties: readonly string[];
  readonly #answers = new Map<string, { operation: string; status: number; errorCode?: string; hits: number }>();
  readonly #facts = new Map<Pointer, number>();

  constructor(contract: Contract) {
    this.#contract = contract;
    this.#codeProperties = propertiesWithRole(contract, 'error-code');
  }

  record({ request, response }: Exchange): void {
    const { operation } = request;
    if (operation === undefined || operation.method !== request.method || response.status === 0) return;
    const errorCode = textIn(response.json, this.#codeProperties);
    const key = `${operation.id} ${response.status} ${errorCode ?? ''}`;
    const entry = this.#answers.get(key);
    if (entry !== undefined) entry.hits += 1;
    else {
      const answer = { operation: operation.id, status: response.status, hits: 1 };
      this.#answers.set(key, errorCode === undefined ? answer : { ...answer, errorCode });
    }
  }

  reached(fact: Pointer): void {
    this.#facts.set(fact, (this.#facts.get(fact) ?? 0) + 1);
  }

  get facts(): ReadonlyMap<Pointer, number> {
    return this.#facts;
  }

  /** In the order of the contract's operations, then by status and errorCode. */
  entries(): readonly CoverageEntry[] {
    const order = new Map(this.#contract.operations.map(({ id }, index) => [id, index]));
    const place = (entry: CoverageEntry) => order.get(entry.operation) ?? order.size;
    return [...this.#answers.values()].sort(
      (one, other) =>
        place(one) - place(other) ||
        one.status - other.status ||
        (one.errorCode ?? '').localeCompare(other.errorCode ?? ''),
    );
  }
}

/** The text of the first of these properties that a body has. */
export function textIn(body: Json | undefined, properties: readonly string[]): string | undefined {
  if (!isObject(body)) return undefined;
  return properties.map((name) => body[name]).find((value) => typeof value === 'string');
}

/** The names of properties that have this role (`x-value`) in any of the contract's schemas. */
export function propertiesWithRole(
  contract: Contract,
  kind: 'status' | 'reason' | 'message' | 'error-code',
): readonly string[] {
  const names = new Set<string>();
  const visit = (value: Json | undefined): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isObject(value)) return;
    if (isObject(value.properties)) {
      for (const [name, schema] of Object.entries(value.properties)) {
        if (isObject(schema) && contract.valueOf(schema)?.kind === kind) names.add(name);
      }
    }
    Object.values(value).forEach(visit);
  };
  for (const schema of contract.schemas.values()) visit(schema);
  return [...names];
}
