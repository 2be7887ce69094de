import type { Json } from '../../contract/contract.js';
import { parseJsonText } from '../../contract/load/json-text.js';
import { parseYamlText } from '../../contract/load/yaml-text.js';
import { ReplayError } from '../errors.js';
import type { BinaryText } from './cassette.js';

/** Tags of recorders: PyYAML writes `!!binary`, Psych `!binary`, and vcrpy for Python 2 `!!python/unicode`. */
const TAGS = [
  { tag: 'tag:yaml.org,2002:binary', value: binaryText },
  { tag: '!binary', value: binaryText },
  { tag: 'tag:yaml.org,2002:python/unicode', value: (text: string) => text },
];

/**
 * Parses the bytes of a recording file as JSON or YAML.
 * @throws ReplayError with file, line and column if they are neither, or nested too deep
 */
export async function parseRecordingText(file: string, bytes: Uint8Array): Promise<Json> {
  const text = decode(file, bytes);
  if (text.trim() === '') {
    throw new ReplayError('RECORDING_INVALID', `${file}:1:1: the file is empty; expected a recording.`);
  }
  const parsed = isYaml(file, text)
    ? await parseYamlText(text, { tags: TAGS })
    : parseJsonText(text, { repeatedNames: 'keep-last' });
  if ('problem' in parsed) {
    const { line, column, message } = parsed.problem;
    throw new ReplayError('RECORDING_INVALID', `${file}:${line}:${column}: ${message}.`);
  }
  // Also a lone surrogate may be written as an escape.
  return /[\ud800-\udfff]|\\ud[89a-f]/i.test(text) ? wellFormed(parsed.value) : parsed.value;
}

function isYaml(file: string, text: string): boolean {
  if (/^\s*[[{]/.test(text)) return false;
  return /\.ya?ml$/i.test(file) || /^(---|(http_)?interactions:|version: )/m.test(text);
}

function binaryText(base64: string): { readonly [name in keyof BinaryText]: string } {
  return { base64: base64.replace(/\s/g, '') };
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
    throw new ReplayError('RECORDING_INVALID', `${file}:1:1: not UTF-8 text; expected a recording in JSON or YAML.`, {
      cause,
    });
  }
}
