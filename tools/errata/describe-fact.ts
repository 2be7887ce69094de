import type { Contract, Json, Operation, Pointer } from '../../contract/contract.js';
import { isObject, splitPointer } from '../../contract/pointer.js';
import type { EvidenceEntry } from './evidence-entries.js';

/** A fact in words: its subject, and what the contract says. */
export interface DescribedFact {
  readonly fact: string;
  readonly ours: string;
}

/** How to describe a fact: the first pattern that its place matches. */
const FORMS: readonly (readonly [RegExp, (match: readonly string[], subject: Subject) => DescribedFact])[] = [
  [/^\/responses\/([^/]+)$/, ([status = '']) => ({ fact: `status ${status}`, ours: status })],
  [
    /^\/responses\/([^/]+)\/x-problems\/(\d+)$/,
    ([status = '', index = ''], { operation }) => {
      const response = operation.responses.find((each) => each.status === status);
      const problem = response?.problems[Number(index)];
      return { fact: `a problem of the ${status}`, ours: problem === undefined ? status : problemText(problem) };
    },
  ],
  [
    /^\/security\/(\d+)$/,
    ([index = ''], { operation }) => {
      const scopes = operation.security[Number(index)]?.scopes ?? [];
      return { fact: 'scopes', ours: scopes.map((scope) => `\`${scope}\``).join(' and ') || 'none' };
    },
  ],
  [/^\/security$/, (_, { operation }) => ({ fact: 'scopes', ours: scopesText(operation) })],
  [
    /^\/requestBody\/required$/,
    (_, { value }) => ({ fact: 'the body', ours: value === true ? 'required' : 'not required' }),
  ],
  [
    /^\/responses$/,
    (_, { operation }) => ({ fact: 'statuses', ours: operation.responses.map(({ status }) => status).join(', ') }),
  ],
];

interface Subject {
  readonly operation: Operation;
  readonly value: Json | undefined;
}

export function describeFact(
  contract: Contract,
  operation: Operation,
  { home, fact, way, value }: EvidenceEntry,
  component?: Pointer,
): DescribedFact {
  if (component?.startsWith('/components/x-problems/') === true && fact === '') {
    const problem = contract.problems.get(splitPointer(component)[2] ?? '');
    if (problem !== undefined) return { fact: 'the response', ours: problemText(problem) };
  }
  const place = component === undefined ? way : `${home.slice(component.length)}${fact}`;
  for (const [pattern, describe] of component === undefined ? FORMS : []) {
    const match = pattern.exec(place);
    if (match !== null) return describe(match.slice(1), { operation, value });
  }
  return { fact: plainPlace(place), ours: valueText(place, value) };
}

/** `/properties/members/maxItems` is `members, maxItems`. */
function plainPlace(place: string): string {
  const segments = splitPointer(place).filter((segment) => !['properties', 'schema', 'content'].includes(segment));
  return segments.length === 0 ? 'everything' : segments.map((segment) => `\`${segment}\``).join(', ');
}

function valueText(place: string, value: Json | undefined): string {
  if (place.endsWith('/additionalProperties') && value === false) return 'no others';
  if (Array.isArray(value) && value.every((entry: Json) => typeof entry === 'string'))
    return value.map((entry) => `\`${String(entry)}\``).join(', ');
  if (isObject(value) && typeof value.max === 'number') return `at most ${value.max}`;
  if (isObject(value)) return typeof value.description === 'string' ? value.description : 'as in the contract';
  if (value === undefined) return 'as in the contract';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function problemText({ message, errorCode }: { readonly message?: string; readonly errorCode?: string }): string {
  return [errorCode === undefined ? undefined : `\`${errorCode}\``, message === undefined ? undefined : `“${message}”`]
    .filter((part) => part !== undefined)
    .join(' ');
}

function scopesText({ security }: Operation): string {
  return security.map(({ scopes }) => scopes.map((scope) => `\`${scope}\``).join(' and ')).join('; or ');
}
