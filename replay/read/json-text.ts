import type { Json } from '../../contract/contract.js';
import { faultOfJson } from '../../contract/load/json-fault.js';
import { ReplayError } from '../errors.js';

/** What walks a value may recurse, so a value must not be deeper than any stack. Recorded bodies are below 20. */
export const DEEPEST = 200;

/**
 * Parses the text of a file.
 * @throws ReplayError with file, line and column where it is no JSON, or nested too deep.
 */
export function parseJsonText(file: string, bytes: Uint8Array): Json {
  const text = decode(file, bytes);
  if (text.trim() === '') {
    throw new ReplayError('RECORDING_INVALID', `${file}:1:1: the file is empty; expected a recording in JSON or HAR.`);
  }
  const tooDeep = firstDeeperThan(text, DEEPEST);
  if (tooDeep !== undefined) {
    throw new ReplayError(
      'RECORDING_INVALID',
      `${file}:${place(text, tooDeep)}: nested more than ${DEEPEST} deep, which no recording is.`,
    );
  }
  try {
    // JSON.parse gives JSON.
    const value = JSON.parse(text) as Json;
    return /\\ud[89a-f]/i.test(text) ? wellFormed(value) : value;
  } catch (cause) {
    const { offset, message } = faultOfJson(text);
    throw new ReplayError('RECORDING_INVALID', `${file}:${place(text, offset)}: ${message}.`, { cause });
  }
}

/** Half a character, which JSON may hold and no URL can, as the sign for what cannot be read. */
function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.replace(LONE_HALF, '\ufffd');
  if (Array.isArray(value)) return value.map((entry: Json) => wellFormed(entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name.replace(LONE_HALF, '\ufffd'), wellFormed(entry)]),
  );
}

const LONE_HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ReplayError('RECORDING_INVALID', `${file}:1:1: not UTF-8 text; expected a recording in JSON or HAR.`, {
      cause,
    });
  }
}

/** Where a text first opens more brackets than `most`; nothing where it never does. */
function firstDeeperThan(text: string, most: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > most) return at;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return undefined;
}

/** `line:column`, both from 1. */
function place(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `${line}:${before.length - before.lastIndexOf('\n')}`;
}
