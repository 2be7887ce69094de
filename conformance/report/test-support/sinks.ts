/** Characters that a terminal obeys instead of showing them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
export const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** Lines that GitHub's runner takes for workflow commands. */
export const commandsIn = (text: string): readonly string[] =>
  text.split(/[\r\n]/).filter((line) => /^\s*::/.test(line) || line.includes('##['));

/** Markdown without blocks and spans of code, by their fences. */
export function withoutCode(markdown: string): string {
  return markdown
    .replace(/^(`{3,})sh\n[\s\S]*?\n\1$/gm, 'BLOCK')
    .replace(/(?<!`)(`+)(?!`)(?:(?!\n\n)[\s\S])*?[^`]\1(?!`)/g, 'CODE');
}

/** The number of cells in a row of a Markdown table. */
export function cells(row: string): number {
  return row.replaceAll('\\|', '').split('|').length;
}

/** The elements of an XML text in order, each with the names of its attributes. @throws where it is not well-formed */
export function elementsOf(xml: string): readonly string[] {
  const elements: string[] = [];
  const open: string[] = [];
  const markup = /<(\/?)([\w-]+)((?: [\w]+="[^"<]*")*)(\/?)>|<\?[^>]*\?>|([^<]+)/gy;
  let end = 0;
  for (const match of xml.matchAll(markup)) {
    end = (match.index ?? 0) + match[0].length;
    const [, closing, name = '', attributes = '', empty, text] = match;
    if (text !== undefined && /&(?!#\d+;)/.test(text)) throw new Error(`a bare ampersand: ${text}`);
    if (name === '') continue;
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    elements.push(`${name} ${[...attributes.matchAll(/ (\w+)="/g)].map(([, attribute]) => attribute).join(' ')}`);
    if (empty !== '/') open.push(name);
  }
  if (end !== xml.length || open.length > 0) throw new Error(`not well-formed at ${end}`);
  return elements;
}
