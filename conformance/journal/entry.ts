import { isObject } from '../../contract/pointer.js';
import type { PathNames } from '../lookup/path-names.js';

/** The process that writes a journal. */
export interface JournalProcess {
  readonly pid: number;
  /** The name of its machine: a pid means nothing on another one. */
  readonly host: string;
  /** Distinguishes it from a later process with the same pid; empty if the system does not report it. */
  readonly started: string;
}

/** The first line of a journal. */
export interface JournalHeader {
  readonly kind: 'run';
  readonly version: 1;
  /** The root URL of the target. */
  readonly target: string;
  readonly audience: string;
  /** Begins the name of everything that the run creates. */
  readonly mark: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly process: JournalProcess;
  /** The contract's root document, an absolute path; absent: the packaged contract. */
  readonly spec?: string;
}

/** A creation that is about to be sent. */
export interface CreationEntry {
  readonly kind: 'creating';
  /** Counts creations, from 1. */
  readonly n: number;
  /** ISO 8601. */
  readonly at: string;
  readonly resource: string;
  /** A text that the new resource contains and no other: a marked name, or the id of one of ours. Empty: there is none. */
  readonly text: string;
  /** What names it in paths besides its id. */
  readonly parent?: PathNames;
}

/** A line of a journal. Secrets never appear in one. */
export type JournalEntry =
  | JournalHeader
  | CreationEntry
  /** Creation `n` succeeded. */
  | { readonly kind: 'created'; readonly n: number; readonly id: string }
  /** Creation `n` had no effect. */
  | { readonly kind: 'refused'; readonly n: number }
  /** Creation `n` was searched after the run: what was found is ours. Empty: nothing. */
  | { readonly kind: 'searched'; readonly n: number; readonly ids: readonly string[] }
  /** It no longer exists. */
  | { readonly kind: 'removed'; readonly resource: string; readonly id: string }
  /** The run, or a sweep, is over. `left`: how many resources are left. */
  | { readonly kind: 'ended'; readonly left: number };

export function formatEntry(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** The entry of a line; absent where it is torn: the process was killed, or the disk was full, while it was written. */
export function parseEntry(line: string): JournalEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || typeof value.kind !== 'string') return undefined;
  // Its properties are checked against the table just below.
  return FIELDS[value.kind]?.(value) === true ? (value as unknown as JournalEntry) : undefined;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value);

const FIELDS: Readonly<Record<string, ((value: Readonly<Record<string, unknown>>) => boolean) | undefined>> = {
  run: ({ version, target, audience, mark, startedAt, process, spec }) =>
    version === 1 &&
    [target, audience, mark, startedAt].every(isText) &&
    isRecord(process) &&
    isCount(process.pid) &&
    (spec === undefined || isText(spec)),
  creating: ({ n, resource, text, parent, at }) =>
    isCount(n) && [resource, text, at].every(isText) && (parent === undefined || isRecord(parent)),
  created: ({ n, id }) => isCount(n) && isText(id),
  refused: ({ n }) => isCount(n),
  searched: ({ n, ids }) => isCount(n) && Array.isArray(ids) && ids.every(isText),
  removed: ({ resource, id }) => isText(resource) && isText(id),
  ended: ({ left }) => isCount(left),
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return isObject(value);
}
