import type { Json } from '../../contract/contract.js';
import { parseJsonText } from '../../contract/load/json-text.js';
import { ReplayError } from '../errors.js';

/**
 * Parses the bytes of a recording file.
 * @throws ReplayError with file, line and column if they are not JSON, or nested too deep.
 */
export function parseRecordingText(file: string, bytes: Uint8Array): Json {
  const text = decode(file, bytes);
  if (text.trim() === '') {
    throw new ReplayError('RECORDING_INVALID', `${file}:1:1: the file is empty; expected a recording in JSON or HAR.`);
  }
  const parsed = parseJsonText(text, { repeatedNames: 'keep-last' });
  if ('problem' in parsed) {
    const { line, column, message } = parsed.problem;
    throw new ReplayError('RECORDING_INVALID', `${file}:${line}:${column}: ${message}.`);
  }
  return /\\ud[89a-f]/i.test(text) ? wellFormed(parsed.value) : parsed.value;
}

/** Replaces lone surrogates, which JSON may hold and no URL can. */
function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.replace(LONE_SURROGATE, '\ufffd');
  if (Array.isArray(value)) return value.map((entry: Json) => wellFormed(entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name.replace(LONE_SURROGATE, '\ufffd'), wellFormed(entry)]),
  );
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ReplayError('RECORDING_INVALID', `${file}:1:1: not UTF-8 text; expected a recording in JSON or HAR.`, {
      cause,
    });
  }
}
