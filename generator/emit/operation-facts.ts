import type { Contract, Operation } from '../../contract/contract.js';
import type { ClientPlan } from '../client/plan.js';
import { textOf } from './document-text.js';
import { guidesOf } from './guides/guides.js';
import type { SharedPages } from './pages/shared-pages.js';
import { titleOf } from './reference/page-path.js';
import { idExamples } from './samples/id-examples.js';

/**
 * Everything that the code and the pages about an operation are made from, as texts to compare with those of another run.
 * A test compares this with what they read.
 */
export interface OperationFacts {
  /** What all of them may read: the document without path items, and some facts about all operations. */
  readonly shared: Facts;
  /** By operation: its path item, and how the client calls it. */
  readonly own: ReadonlyMap<string, Facts>;
  /** By operation. A page reads the titles of those that it links to. */
  readonly titles: ReadonlyMap<string, string>;
}

/** Texts, some of them as large as the document: one text of all would be copied. */
export type Facts = readonly string[];

export function areSame(facts: Facts | undefined, others: Facts | undefined): boolean {
  return facts?.length === others?.length && (facts?.every((text, index) => text === others?.[index]) ?? true);
}

/** What may be read of other operations. */
export const READ_OF_OTHERS = ['id', 'method', 'path', 'security', 'effect'] as const satisfies (keyof Operation)[];

export function operationFacts(
  contract: Contract,
  plan: ClientPlan,
  languages: SharedPages['languages'],
): OperationFacts {
  const { document, operations } = contract;
  const { items, info, rest } = textOf(document);
  const used = new Set(operations.map(({ path }) => path));
  const unused = [...items].filter(([path]) => !used.has(path)).flat();
  // A reference into a path item makes it a fact of other operations.
  const isReferred = [rest, ...items.values()].some((text) => text.includes('"#/paths/'));
  const { folder, server } = plan;
  return {
    shared: [
      info,
      rest,
      ...unused,
      ...(isReferred ? items.values() : []),
      JSON.stringify(operations.map((operation) => READ_OF_OTHERS.map((name) => operation[name]))),
      JSON.stringify([languages, folder, server, contract.scopes, [...guidesOf(contract)], [...idExamples(contract)]]),
    ],
    own: new Map(
      plan.methods.map(({ operation, ...call }) => [
        operation.id,
        [items.get(operation.path) ?? '', JSON.stringify(call)],
      ]),
    ),
    titles: new Map(operations.map((operation) => [operation.id, titleOf(operation)])),
  };
}
