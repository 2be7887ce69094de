import type { Json } from '../contract.js';
import { flawOfJson, type JsonFlaw } from './json-text.js';

/** A text that cannot be read, and where: line and column from 1. */
export interface ParseProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type Parsed = { readonly value: Json } | { readonly problem: ParseProblem };

/** Parses a file: JSON where its name ends so, else YAML. */
export async function parse(path: string, text: string): Promise<Parsed> {
  return path.endsWith('.json') ? await parseJson(text) : await parseYaml(text);
}

async function parseJson(written: string): Promise<Parsed> {
  const text = written.startsWith('\uFEFF') ? written.slice(1) : written;
  let value: Json | undefined;
  try {
    value = JSON.parse(text);
  } catch {
    // Of its error, only some versions of Node say where it is.
  }
  // What is too deep is told first: nothing else looks at it.
  const flaw = flawOfJson(text) ?? (value === undefined ? await faultOf(text) : undefined);
  if (value !== undefined && flaw === undefined) return { value };
  const { offset = 0, message = 'is not JSON' } = flaw ?? {};
  const before = text.slice(0, offset).split('\n');
  return { problem: { line: before.length, column: (before.at(-1) ?? '').length + 1, message } };
}

/** Loaded only where there is something to place. */
async function faultOf(text: string): Promise<JsonFlaw> {
  const { faultOfJson } = await import('./json-fault.js');
  return faultOfJson(text);
}

async function parseYaml(text: string): Promise<Parsed> {
  const { load, JSON_SCHEMA, Type, YAMLException } = await import('js-yaml');
  try {
    // JSON_SCHEMA: a date or `yes` stays the string that it was written as. It lacks the merge key, `<<: *common`.
    const merge = new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (key) => key === '<<' });
    const schema = JSON_SCHEMA.extend({ implicit: [merge] });
    const value = load(text, { schema }) as Json | undefined; // the text is one JSON value by then
    if (!containsItself(value)) return { value: value ?? null };
    const message = 'has an alias inside the value that it stands for; expected a value that ends (use $ref instead)';
    return { problem: { line: 1, column: 1, message } };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    return { problem: { line: line + 1, column: column + 1, message: `is not YAML: ${error.reason}` } };
  }
}

/** Whether an alias of YAML leads back to something that it stands in. */
function containsItself(value: Json | undefined): boolean {
  const around = new Set<Json>();
  const ended = new Set<Json>();
  const visit = (each: Json): boolean => {
    if (typeof each !== 'object' || each === null || ended.has(each)) return false;
    if (around.has(each)) return true;
    around.add(each);
    const found = Object.values(each).some(visit);
    around.delete(each);
    ended.add(each);
    return found;
  };
  return value !== undefined && visit(value);
}
