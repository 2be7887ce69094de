import { type ParsedText, parseJsonText } from './json-text.js';
import { parseYamlText } from './yaml-text.js';

/** Parses a file of a contract by its absolute path and its text. */
export type Parse = (path: string, text: string) => Promise<ParsedText>;

/** Parses the root document or an overlay: JSON if its name ends so, otherwise YAML. */
export const parse: Parse = async (path, text) =>
  path.endsWith('.json') ? parseJsonText(text, { repeatedNames: 'refuse' }) : parseYamlText(text);

/** Documents keep long descriptions in files of their own: `description: {$ref: ./oauth.md}`. */
const TEXT = /\.(md|mdx|markdown|txt|html?)$/i;

/** Parses a file that a reference names: a text by its name, otherwise as `parse`. */
export const parseReferred: Parse = async (path, text) => (TEXT.test(path) ? { value: text } : parse(path, text));

/** Parses as `parseReferred`, but not again while the text of a file stays the same. Keeps the last text of each file. */
export function rememberingParse(): Parse {
  const known = new Map<string, { readonly text: string; readonly parsed: ParsedText }>();
  return async (path, text) => {
    const last = known.get(path);
    if (last?.text === text) return last.parsed;
    const parsed = await parseReferred(path, text);
    known.set(path, { text, parsed });
    return parsed;
  };
}
