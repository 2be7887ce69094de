/** Markdown as GitHub renders it. Functions that begin with no verb give a piece of a page without a newline at its end. */

/** Words of the contract, which may be Markdown themselves: what would be read as HTML is shown instead. */
export function prose(text: string): string {
  // Thousands of texts go through here, and few have anything to change.
  if (!/[<>]|```|~~~/.test(text)) return text.trim();
  return outsideCode(closed(text.trim()), (words) => words.replaceAll('<', '&lt;').replaceAll(/(?<!^|\n)>/g, '&gt;'));
}

/** A block of code that nobody ended would take in the rest of the page. */
function closed(text: string): string {
  let open = '';
  for (const [, fence = '', rest = ''] of text.matchAll(/^ {0,3}(`{3,}|~{3,})(.*)$/gm)) {
    if (open === '') open = fence;
    else if (fence.startsWith(open) && rest.trim() === '') open = '';
  }
  return open === '' ? text : `${text}\n${open}`;
}

/** Code spans stay as they are: in them nothing is HTML. */
function outsideCode(text: string, change: (words: string) => string): string {
  return text
    .split(/(`+[^`]+`+)/)
    .map((piece, index) => (index % 2 === 1 ? piece : change(piece)))
    .join('');
}

/** Words as a single line. */
export function line(text: string): string {
  const written = prose(text);
  return written.includes('\n') ? written.replaceAll(/\s*\n\s*/g, ' ') : written;
}

/** Text that is code, whatever backticks are in it. */
export function code(text: string): string {
  if (!/[`\n]/.test(text)) return text === '' ? '' : `\`${text}\``;
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${space}${text.replaceAll(/\s*\n\s*/g, ' ')}${space}${fence}`;
}

/** Text that stands for itself, whatever characters it has. */
export function literally(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>]/g, (character) => `\\${character}`).replaceAll('\n', ' ');
}

/** A table; a column in which every cell is empty is left out. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const kept = [...columns.keys()].filter((index) => rows.some((row) => (row[index] ?? '') !== ''));
  const write = (cells: readonly string[]): string =>
    `| ${kept.map((index) => cell(cells[index] ?? '')).join(' | ')} |`;
  return [write(columns), write(columns.map(() => '---')), ...rows.map(write)].join('\n');
}

/** A pipe would end the cell, in code too, and a newline the table. */
function cell(text: string): string {
  if (!/[|\n]/.test(text)) return text;
  return text
    .trim()
    .replaceAll(/\\?\|/g, '\\|')
    .replaceAll(/\s*\n\s*(?:\n\s*)?/g, '<br>');
}

/** A block of code, whatever backticks are in it. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

export function link(text: string, target: string): string {
  return `[${text}](${encodeURI(target).replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item.replaceAll('\n', '\n  ')}`).join('\n');
}

/** A heading and what stands under it; nothing where there is nothing to say. */
export function section(heading: string, ...blocks: readonly string[]): string {
  const said = blocks.filter((block) => block !== '');
  return said.length === 0 ? '' : [`## ${heading}`, ...said].join('\n\n');
}

/** The pieces of a page, an empty line between them, a newline at the end. */
export function page(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
