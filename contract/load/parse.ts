import { type ParsedText, parseJsonText } from './json-text.js';
import { parseYamlText } from './yaml-text.js';

/** Parses a file of a contract: JSON if its name ends so, otherwise YAML. */
export async function parse(path: string, text: string): Promise<ParsedText> {
  return path.endsWith('.json') ? parseJsonText(text, { repeatedNames: 'refuse' }) : parseYamlText(text);
}
