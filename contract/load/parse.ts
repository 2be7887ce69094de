import { type ParsedText, parseJsonText } from './json-text.js';
import { parseYamlText } from './yaml-text.js';

/** Parses a file of a contract by its absolute path and its text. */
export type Parse = (path: string, text: string) => Promise<ParsedText>;

/** Parses a file of a contract: JSON if its name ends so, otherwise YAML. */
export const parse: Parse = async (path, text) =>
  path.endsWith('.json') ? parseJsonText(text, { repeatedNames: 'refuse' }) : parseYamlText(text);

/** Parses as `parse`, but not again while the text of a file stays the same. Keeps the last text of each file. */
export function rememberingParse(): Parse {
  const known = new Map<string, { readonly text: string; readonly parsed: ParsedText }>();
  return async (path, text) => {
    const last = known.get(path);
    if (last?.text === text) return last.parsed;
    const parsed = await parse(path, text);
    known.set(path, { text, parsed });
    return parsed;
  };
}
