import type { Contract, Operation, Pointer } from '../../contract/contract.js';
import { describeFact } from './describe-fact.js';
import { type EvidenceEntry, evidenceEntries } from './evidence-entries.js';

/** A fact on which the sources contradict each other. */
export interface Erratum {
  /** The fact in a few words. */
  readonly fact: string;
  /** What the official document says. */
  readonly official: string;
  /** What other sources say, such as how-tos and threads. */
  readonly others?: string;
  /** The traffic that shows it; absent if none does. */
  readonly wire?: string;
  /** What the contract says. */
  readonly ours: string;
  /** The grade of the contract's fact, and its source. */
  readonly grade: string;
  /** The number of recorded exchanges that show it. */
  readonly seen?: number;
}

export interface OperationErrata {
  readonly operation: Operation;
  /** Status → the number of recorded exchanges with it. */
  readonly recorded: readonly (readonly [string, number])[];
  readonly errata: readonly Erratum[];
}

/** The contradictions about a component that operations share. */
export interface SharedErrata {
  /** `schema MemberIds`, `problem rate-limited`. */
  readonly name: string;
  readonly errata: readonly Erratum[];
  readonly usedBy: readonly Operation[];
}

export interface Errata {
  readonly operations: readonly OperationErrata[];
  readonly shared: readonly SharedErrata[];
}

/** All contradictions in the evidence of a contract (`against`). */
export function errataOf(contract: Contract): Errata {
  const shared = new Map<Pointer, { errata: Map<string, Erratum>; usedBy: Set<Operation> }>();
  const operations = contract.operations.map((operation): OperationErrata => {
    const entries = evidenceEntries(contract, operation);
    const errata: Erratum[] = [];
    for (const entry of entries.filter(({ evidence }) => evidence.against !== undefined)) {
      const component = componentOf(entry.home);
      if (component === undefined) {
        errata.push(erratumOf(contract, operation, entry));
        continue;
      }
      const known = shared.get(component) ?? { errata: new Map<string, Erratum>(), usedBy: new Set<Operation>() };
      shared.set(component, known);
      known.errata.set(`${entry.home}${entry.fact}`, erratumOf(contract, operation, entry, component));
      known.usedBy.add(operation);
    }
    return { operation, errata, recorded: recordedOf(operation, entries) };
  });
  return {
    operations,
    shared: [...shared]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([pointer, { errata, usedBy }]) => ({
        name: nameOf(pointer),
        errata: [...errata.values()],
        usedBy: [...usedBy],
      })),
  };
}

function recordedOf(
  { responses }: Operation,
  entries: readonly EvidenceEntry[],
): readonly (readonly [string, number])[] {
  return responses.flatMap(({ status }) => {
    const seen = entries.find(({ way }) => way === `/responses/${status}`)?.evidence.seen;
    return seen === undefined ? [] : [[status, seen] as const];
  });
}

function erratumOf(contract: Contract, operation: Operation, entry: EvidenceEntry, component?: Pointer): Erratum {
  const { evidence } = entry;
  const { official, others } = sidesOf(evidence.against ?? '');
  const { fact, ours } = describeFact(contract, operation, entry, component);
  return {
    fact,
    ours,
    official:
      official !== '' ? official : evidence.source.includes('official document') ? 'same as the contract' : 'nothing',
    grade: `${evidence.grade}: ${evidence.source}`,
    ...(others === '' ? {} : { others }),
    ...(evidence.grade === 'recorded' ? { wire: evidence.source } : {}),
    ...(evidence.seen === undefined ? {} : { seen: evidence.seen }),
  };
}

/** Splits what is said against a fact into the official document and other sources. */
function sidesOf(against: string): { readonly official: string; readonly others: string } {
  const parts = against.split('; ').map((part) => part.trim());
  const isOfficial = (part: string) => part.includes('official document');
  return {
    official: parts
      .filter(isOfficial)
      .map((part) => part.replace(/^official document(: |, )/, ''))
      .join('; '),
    others: parts.filter((part) => !isOfficial(part)).join('; '),
  };
}

/** The component that a place is in; nothing for a place in an operation. */
function componentOf(home: Pointer): Pointer | undefined {
  return /^\/components\/[^/]+\/[^/]+/.exec(home)?.[0];
}

const KINDS: Readonly<Record<string, string>> = {
  schemas: 'schema',
  parameters: 'parameter',
  responses: 'response',
  headers: 'header',
  'x-problems': 'problem',
  'x-relations': 'relation',
  'x-resources': 'resource',
  securitySchemes: 'security scheme',
};

function nameOf(component: Pointer): string {
  const [, , kind = '', name = ''] = component.split('/');
  return `${KINDS[kind] ?? kind} ${name}`;
}
