import { readFile } from 'node:fs/promises';
import { fileErrorReason } from '../../contract/file-error.js';
import { RunError } from '../errors.js';

/** A finding that is known and accepted for a while. */
export interface AcceptedFinding {
  readonly fingerprint: string;
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

/** What a report says about its baseline. */
export interface BaselineResult {
  /** Findings that do not count, by fingerprint. */
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
  const fault = (what: string) => new RunError('BAD_OPTION', `--baseline "${file}": ${what}; ${SHAPE}.`);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw fault(fileErrorReason(error));
  }
  const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'accepted') : undefined;
  if (!Array.isArray(list)) throw fault('no list "accepted"');
  const accepted = list.map((entry: unknown, index): AcceptedFinding => {
    const text = (name: string): string => {
      const given: unknown = typeof entry === 'object' && entry !== null ? Reflect.get(entry, name) : undefined;
      if (typeof given !== 'string' || given.trim() === '') throw fault(`entry ${index} has no "${name}"`);
      return given;
    };
    const until = text('until');
    if (!/^\d{4}-\d{2}-\d{2}$/.test(until) || Number.isNaN(Date.parse(until)))
      throw fault(`"until" of entry ${index} is "${until}", not a day`);
    return { fingerprint: text('fingerprint'), reason: text('reason'), until };
  });
  return { accepted, today: now };
}

/** Compares findings with a baseline. Days are compared as text: they have one form. */
export function applyBaseline(
  findings: readonly { readonly fingerprint: string }[],
  { accepted, today }: Baseline,
): BaselineResult {
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  const present = accepted.filter(({ fingerprint }) => found.has(fingerprint));
  return {
    accepted: present.filter(({ until }) => until >= today),
    expired: present.filter(({ until }) => until < today),
    gone: accepted.filter(({ fingerprint }) => !found.has(fingerprint)),
  };
}

/** The findings that count. */
export function notAccepted<T extends { readonly fingerprint: string }>(
  findings: readonly T[],
  baseline: BaselineResult | undefined,
): readonly T[] {
  const accepted = new Set(baseline?.accepted.map(({ fingerprint }) => fingerprint));
  return findings.filter(({ fingerprint }) => !accepted.has(fingerprint));
}
