import { readFile } from 'node:fs/promises';
import { fileErrorReason } from '../../contract/file-error.js';
import { RunError } from '../errors.js';

/** A finding that is known and accepted for a while. */
export interface AcceptedFinding {
  readonly fingerprint: string;
  /**
   * The fingerprints of each operation and cause that is known: at another operation, the finding counts. Absent: it is
   * accepted wherever it shows.
   */
  readonly includes?: readonly string[];
  /** Why it is accepted. */
  readonly reason: string;
  /** The last day on which it is accepted: `2027-01-31`. */
  readonly until: string;
}

/** Known findings, and the day on which they are judged. */
export interface Baseline {
  readonly accepted: readonly AcceptedFinding[];
  /** `2026-11-28` */
  readonly today: string;
}

/** A finding, as far as a baseline knows it. */
export interface Fingerprinted {
  readonly fingerprint: string;
  /** One for each of its operations; absent: it has one operation. */
  readonly fingerprints?: readonly string[];
}

/** What a report says about its baseline. */
export interface BaselineResult {
  /** Entries that apply: findings of which they know all operations do not count. */
  readonly accepted: readonly AcceptedFinding[];
  /** Findings that count again. */
  readonly expired: readonly AcceptedFinding[];
  /** Entries whose findings are gone: they can be removed. */
  readonly gone: readonly AcceptedFinding[];
}

const SHAPE = 'expected {"accepted": [{"fingerprint": "…", "reason": "…", "until": "YYYY-MM-DD"}]}';

/** `2026-11-28`, in UTC: accepted findings expire by it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Reads `--baseline FILE`. @param now - `2026-11-28` @throws RunError where it is not a baseline */
export async function readBaseline(file: string, now: string): Promise<Baseline> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw faultOf(file, fileErrorReason(error));
  }
  return { accepted: parseBaseline(value, file), today: now };
}

/** Checks that a value is a baseline. @param file - for the message @throws RunError */
export function parseBaseline(value: unknown, file: string): readonly AcceptedFinding[] {
  const fault = (what: string) => faultOf(file, what);
  const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'accepted') : undefined;
  if (!Array.isArray(list)) throw fault('no list "accepted"');
  return list.map((entry: unknown, index): AcceptedFinding => {
    const property = (name: string): unknown =>
      typeof entry === 'object' && entry !== null ? Reflect.get(entry, name) : undefined;
    const text = (name: string): string => {
      const given = property(name);
      if (typeof given !== 'string' || given.trim() === '') throw fault(`entry ${index} has no "${name}"`);
      return given;
    };
    const until = text('until');
    if (!isDay(until)) throw fault(`"until" of entry ${index} is "${until}", not a day`);
    const includes = property('includes');
    if (includes !== undefined && !isTexts(includes)) throw fault(`"includes" of entry ${index} is no list of texts`);
    return {
      fingerprint: text('fingerprint'),
      ...(includes === undefined ? {} : { includes }),
      reason: text('reason'),
      until,
    };
  });
}

/** Whether a text is a day: `2027-01-31`. */
export function isDay(text: string): boolean {
  // 30 February is a time as well: 2 March.
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function faultOf(file: string, what: string): RunError {
  return new RunError('BAD_OPTION', `--baseline "${file}": ${what}; ${SHAPE}.`);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** Compares findings with a baseline. Days are compared as text: they have one form. */
export function applyBaseline(findings: readonly Fingerprinted[], { accepted, today }: Baseline): BaselineResult {
  const found = new Set(findings.flatMap(fingerprintsOf));
  const isPresent = (entry: AcceptedFinding) => knownBy(entry).some((one) => found.has(one));
  const present = accepted.filter(isPresent);
  return {
    accepted: present.filter(({ until }) => until >= today),
    expired: present.filter(({ until }) => until < today),
    gone: accepted.filter((entry) => !isPresent(entry)),
  };
}

/** The findings that count. */
export function notAccepted<T extends Fingerprinted>(
  findings: readonly T[],
  baseline: BaselineResult | undefined,
): readonly T[] {
  const acceptance = acceptanceIn(baseline);
  return findings.filter((finding) => acceptance(finding) === undefined);
}

/** The entry that accepts a finding, one of them where it takes several; undefined: the finding counts. */
export function acceptanceIn(
  baseline: BaselineResult | undefined,
): (finding: Fingerprinted) => AcceptedFinding | undefined {
  const entries = baseline?.accepted ?? [];
  const byFingerprint = new Map(entries.flatMap((entry) => knownBy(entry).map((one) => [one, entry])));
  const everywhere = new Map(
    entries.filter(({ includes }) => includes === undefined).map((entry) => [entry.fingerprint, entry]),
  );
  return (finding) => {
    const known = fingerprintsOf(finding).map((one) => byFingerprint.get(one));
    return everywhere.get(finding.fingerprint) ?? (known.every((entry) => entry !== undefined) ? known[0] : undefined);
  };
}

/** The operations at which a finding is new, where a baseline knows it from others; empty: it knows none, or all. */
export function newOperations(
  finding: Fingerprinted & { readonly operations: readonly string[] },
  baseline: BaselineResult | undefined,
): readonly string[] {
  const known = new Set(baseline?.accepted.flatMap(knownBy));
  const fingerprints = fingerprintsOf(finding);
  const fresh = finding.operations.filter((_, index) => !known.has(fingerprints[index] ?? ''));
  return fresh.length === finding.operations.length ? [] : fresh;
}

function fingerprintsOf({ fingerprint, fingerprints = [fingerprint] }: Fingerprinted): readonly string[] {
  return fingerprints;
}

function knownBy({ fingerprint, includes = [] }: AcceptedFinding): readonly string[] {
  return [fingerprint, ...includes];
}
