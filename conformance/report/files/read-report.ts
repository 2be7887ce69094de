import { readFile } from 'node:fs/promises';
import { fileErrorReason } from '../../../contract/file-error.js';
import { isNestedTooDeep } from '../../../contract/load/json-text.js';
import { RunError } from '../../errors.js';
import { families } from '../../finding/finding.js';
import type { Report } from '../report.js';

/** What a value must be: a type, one of some words, a list, an object; `?` marks a property that may be absent. */
type Shape =
  | 'string'
  | 'integer'
  | 'boolean'
  | 'strings'
  | 'shard'
  | readonly string[]
  | { readonly list: Shape }
  | { readonly [property: string]: Shape };

const HEADERS_AND_BODY: Shape = { headers: 'strings' };
const GRADES = ['recorded', 'documented', 'reported', 'inferred', 'unknown', 'disputed'];

const ACCEPTED: Shape = {
  list: { fingerprint: 'string', 'includes?': { list: 'string' }, reason: 'string', until: 'string' },
};

/** `report.json`, property by property. Unknown properties are left out. */
const REPORT: Readonly<Record<string, Shape>> = {
  tool: { name: 'string', version: 'string' },
  target: 'string',
  seed: 'integer',
  depth: ['smoke', 'standard', 'exhaustive'],
  'shard?': 'shard',
  'order?': { list: 'string' },
  'readings?': { list: { list: 'string' } },
  verdict: ['conforms', 'violates', 'inconclusive'],
  reasons: { list: 'string' },
  summary: {
    operations: 'integer',
    checks: 'integer',
    passed: 'integer',
    failed: 'integer',
    warned: 'integer',
    skipped: 'integer',
    observed: 'integer',
    requests: 'integer',
    durationMs: 'integer',
  },
  checks: {
    list: {
      id: 'string',
      family: families,
      operation: 'string',
      outcome: ['passed', 'failed', 'warned', 'skipped', 'observed'],
      'reason?': 'string',
      runs: 'integer',
      requests: 'integer',
      'startMs?': 'integer',
      'durationMs?': 'integer',
      'findings?': { list: 'string' },
    },
  },
  findings: {
    list: {
      check: 'string',
      family: families,
      operations: { list: 'string' },
      foundAt: 'string',
      fingerprint: 'string',
      'fingerprints?': { list: 'string' },
      code: 'string',
      severity: ['failed', 'warned', 'observed'],
      grade: GRADES,
      source: 'string',
      cause: 'string',
      expected: 'string',
      actual: 'string',
      request: { method: 'string', url: 'string', ...HEADERS_AND_BODY, 'body?': 'string' },
      response: { status: 'integer', ...HEADERS_AND_BODY, body: 'string' },
      curl: 'string',
      replay: 'string',
      'consequences?': {
        checks: 'integer',
        findings: { list: { check: 'string', cause: 'string', operations: { list: 'string' } } },
      },
    },
  },
  'baseline?': { accepted: ACCEPTED, expired: ACCEPTED, gone: ACCEPTED },
  'leftOut?': { list: { checks: 'string', reason: 'string' } },
  coverage: { list: { operation: 'string', status: 'integer', 'errorCode?': 'string', hits: 'integer' } },
  unchecked: { list: { operation: 'string', what: 'string', reason: 'string' } },
  'absent?': { list: 'string' },
  facts: 'integer',
  'scopes?': {
    list: {
      operation: 'string',
      scopes: { list: 'string' },
      access: ['granted', 'refused', 'disputed'],
      allowed: 'boolean',
    },
  },
  leftovers: { list: 'string' },
  'changed?': { list: 'string' },
};

/** Reads a `report.json`. @throws RunError where it cannot be read, or is not a report */
export async function readReport(file: string): Promise<Report> {
  let value: unknown;
  try {
    const text = await readFile(file, 'utf8');
    if (isNestedTooDeep(text)) throw new RangeError('nested too deep');
    value = JSON.parse(text);
  } catch (error) {
    throw new RunError(
      'BAD_OPTION',
      `cannot read "${file}": ${fileErrorReason(error)}; expected a report.json of rolecall verify.`,
    );
  }
  return parseReport(value, file);
}

/** Checks that a value is a report. @param file - for the message @throws RunError */
export function parseReport(value: unknown, file: string): Report {
  const fault = faultOf(value, REPORT, '');
  if (fault === undefined) return value as Report; // Every property of `Report` has been checked.
  throw new RunError('BAD_OPTION', `"${file}" is not a report of rolecall verify: ${fault}; expected a report.json.`);
}

/** What is wrong with a value, and where; absent where it has the shape. */
function faultOf(value: unknown, shape: Shape, place: string): string | undefined {
  const expected = (what: string) => `${place || 'the document'} is ${describe(value)}, not ${what}`;
  if (shape === 'string') return typeof value === 'string' ? undefined : expected('a string');
  if (shape === 'integer') return Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : expected('a count');
  if (shape === 'boolean') return typeof value === 'boolean' ? undefined : expected('true or false');
  if (shape === 'shard') return isShard(value) ? undefined : expected('[i, n] with i from 1 to n');
  if (isWords(shape)) return shape.some((word) => word === value) ? undefined : expected(`one of ${shape.join(', ')}`);
  if (shape !== 'strings' && 'list' in shape) {
    if (!Array.isArray(value)) return expected('a list');
    return firstFault(value.map((entry, index) => faultOf(entry, shape.list ?? 'string', `${place}[${index}]`)));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return expected('an object');
  const properties: [string, Shape][] =
    shape === 'strings' ? Object.keys(value).map((name): [string, Shape] => [name, 'string']) : Object.entries(shape);
  return firstFault(
    properties.map(([key, inner]) => {
      const name = key.endsWith('?') && shape !== 'strings' ? key.slice(0, -1) : key;
      const entry: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
      if (entry === undefined && name !== key) return undefined;
      return faultOf(entry, inner, place === '' ? name : `${place}.${name}`);
    }),
  );
}

function isWords(shape: Shape): shape is readonly string[] {
  return Array.isArray(shape);
}

function isShard(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [index, count] = value.map(Number);
  return (
    Number.isSafeInteger(index) && Number.isSafeInteger(count) && Number(index) >= 1 && Number(index) <= Number(count)
  );
}

function firstFault(faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((fault) => fault !== undefined);
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.length > 40 ? 'a string' : `"${value}"`;
  return Array.isArray(value) ? 'a list' : 'an object';
}
