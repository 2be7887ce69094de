import type { Contract, Operation } from '../../contract/contract.js';
import { TenantError } from '../errors.js';

/** What a tenant may do as the real service does, although its contract says something simpler. */
export interface HabitSettings {
  /** Milliseconds after which a change shows in listings that the contract calls eventually consistent. */
  readonly lag?: number;
  /** `total` is 0 where it is disputed. */
  readonly zeroTotal?: boolean;
  /** `limit` is the number of items on the page where it is disputed. */
  readonly limitOfItems?: boolean;
  /** `always`: also on a last page, where the contract only infers that there is none. `unless-fields`: not on a short page if properties are selected. */
  readonly next?: 'always' | 'unless-fields';
  /** The most items on a page, whatever is requested. */
  readonly pageCap?: number;
  /** What a text that an item lacks is: `empty` where it is read, `null` where it is created. */
  readonly missingText?: 'empty' | 'null';
}

/** A habit of the real service. */
export interface Habit {
  readonly name: string;
  /** What values it takes, in the words of help. */
  readonly takes: string;
  /** A sentence. */
  readonly summary: string;
  /** How it is known. */
  readonly source: string;
  /** The settings of a value; undefined if it takes no such value. */
  settings(value: string): HabitSettings | undefined;
  /** Whether it changes the answers of an operation. */
  applies(contract: Contract, operation: Operation): boolean;
}

/** All habits, by what the contract says of operations. None names one. */
export const HABITS: readonly Habit[] = [
  {
    name: 'lag',
    takes: 'at most 3600 seconds, such as 2s',
    summary: 'Changes show in eventually consistent listings after this time.',
    source: 'documented: member listings come from a search index',
    settings: (value) => {
      const seconds = /^(\d+(?:\.\d+)?)s?$/.exec(value)?.[1];
      return seconds === undefined || Number(seconds) > 3600 ? undefined : { lag: Number(seconds) * 1000 };
    },
    applies: (_, { effect }) => effect?.kind === 'list' && effect.consistency === 'eventual',
  },
  {
    name: 'total',
    takes: '0',
    summary: 'The total is 0 on pages that hold items.',
    source: 'recorded in 2026, at the listings whose total is disputed',
    settings: (value) => (value === '0' ? { zeroTotal: true } : undefined),
    applies: (contract, operation) => gradeOf(contract, operation, 'total') === 'disputed',
  },
  {
    name: 'limit',
    takes: 'items',
    summary: 'The limit is the number of items on the page.',
    source: 'recorded in 2023, at the listings whose limit is disputed',
    settings: (value) => (value === 'items' ? { limitOfItems: true } : undefined),
    applies: (contract, operation) => gradeOf(contract, operation, 'limit') === 'disputed',
  },
  {
    name: 'next',
    takes: 'always or unless-fields',
    summary: 'A last page has a next (always), or a short page of selected fields has none (unless-fields).',
    source: 'recorded in 2023 and 2026 at one listing; inferred at others',
    settings: (value) => (value === 'always' || value === 'unless-fields' ? { next: value } : undefined),
    applies: (contract, operation) => isNextDoubtful(contract, operation),
  },
  {
    name: 'page-cap',
    takes: 'a number of items, such as 25',
    summary: 'Pages hold at most this many items, whatever is requested.',
    source: 'documented: the number on a page is limited',
    settings: (value) => (/^[1-9]\d{0,5}$/.test(value) ? { pageCap: Number(value) } : undefined),
    applies: (_, { parameters }) => parameters.some(({ query }) => query?.kind === 'size' || query?.kind === 'take'),
  },
  {
    name: 'missing-text',
    takes: 'empty or null',
    summary: 'A text without a value is empty when it is read, or null when it is created.',
    source: 'recorded: roles without a description, in 2023 and 2026',
    settings: (value) => (value === 'empty' || value === 'null' ? { missingText: value } : undefined),
    applies: (_, { effect }) => effect?.kind === 'list' || effect?.kind === 'read' || effect?.kind === 'create',
  },
];

/** What is known of the parts of a listing's answer around its items. */
function gradeOf(contract: Contract, { effect, pointer }: Operation, part: 'total' | 'limit'): string | undefined {
  return effect?.kind === 'list' ? contract.evidenceAt(`${pointer}/x-effect/${part}`).grade : undefined;
}

function isNextDoubtful(contract: Contract, operation: Operation): boolean {
  const { always, unlessFields } = nextDoubts(contract, operation);
  return always || unlessFields;
}

/** Whether `next` on a last page is only inferred to be absent, and whether selecting properties takes it away. */
export function nextDoubts(
  contract: Contract,
  { effect, pointer }: Operation,
): { readonly always: boolean; readonly unlessFields: boolean } {
  if (effect?.next === undefined) return { always: false, unlessFields: false };
  const { grade, against } = contract.evidenceAt(`${pointer}/x-effect/next`);
  return {
    always: effect.next === 'until-short' && grade === 'inferred',
    unlessFields: effect.next === 'until-empty' && against !== undefined,
  };
}

/** @throws TenantError on an unknown habit, or a value that it does not take */
export function habitSettings(values: Readonly<Record<string, string>>): HabitSettings {
  let all: HabitSettings = {};
  for (const [name, value] of Object.entries(values)) {
    const habit = HABITS.find((each) => each.name === name);
    if (habit === undefined) {
      const known = HABITS.map((each) => each.name).join(', ');
      throw new TenantError('TENANT_HABIT_INVALID', `unknown habit "${name}"; expected one of ${known}`);
    }
    const settings = habit.settings(value);
    if (settings === undefined)
      throw new TenantError(
        'TENANT_HABIT_INVALID',
        `habit "${name}" does not take "${value}"; expected ${habit.takes}`,
      );
    all = { ...all, ...settings };
  }
  return all;
}
