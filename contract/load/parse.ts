import { isObject } from '../pointer.js';
import { type ParsedText, parseJsonText, type TextProblem } from './json-text.js';
import { parseYamlText } from './yaml-text.js';

/** A parsed file, with what is wrong with it although it can be read. */
export type ParsedFile = ParsedText & { readonly flaw?: TextProblem };

/** Parses a file of a contract by its absolute path and its text. */
export type Parse = (path: string, text: string) => Promise<ParsedFile>;

/**
 * Parses the root document or an overlay: JSON if its name ends so, otherwise YAML. Most tools read JSON as YAML, which
 * allows a comma at the end of a list, so documents are published with one.
 */
export const parse: Parse = async (path, text) => {
  if (!path.endsWith('.json')) return parseYamlText(text);
  const parsed = parseJsonText(text, { repeatedNames: 'refuse' });
  if (!('problem' in parsed) || parsed.problem.kind !== 'syntax') return parsed;
  const { problem } = parsed;
  const yaml = await parseYamlText(text);
  return 'value' in yaml && isObject(yaml.value)
    ? { ...yaml, flaw: { ...problem, message: `${problem.message}; it is read as YAML` } }
    : parsed;
};

/** Documents keep long descriptions in files of their own: `description: {$ref: ./oauth.md}`. */
const TEXT = /\.(md|mdx|markdown|txt|html?)$/i;

/** Parses a file that a reference names: a text by its name, otherwise as `parse`. */
export const parseReferred: Parse = async (path, text) => (TEXT.test(path) ? { value: text } : parse(path, text));

/** Parses as `parseReferred`, but not again while the text of a file stays the same. Keeps the last text of each file. */
export function rememberingParse(): Parse {
  const known = new Map<string, { readonly text: string; readonly parsed: ParsedFile }>();
  return async (path, text) => {
    const last = known.get(path);
    if (last?.text === text) return last.parsed;
    const parsed = await parseReferred(path, text);
    known.set(path, { text, parsed });
    return parsed;
  };
}
