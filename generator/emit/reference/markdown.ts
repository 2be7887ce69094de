/** Markdown for GitHub. The functions return parts of a page, without a newline at the end. */

/** Text of the contract, which may be Markdown. HTML in it is escaped. */
export function prose(text: string): string {
  // A shortcut: most texts need no escaping.
  if (!/[<>]|```|~~~/.test(text)) return text.trim();
  return outsideCode(closed(text.trim()), (words) => words.replaceAll('<', '&lt;').replaceAll(/(?<!^|\n)>/g, '&gt;'));
}

/** Closes a code block that is still open: it would include the rest of the page. */
function closed(text: string): string {
  let open = '';
  for (const [, fence = '', rest = ''] of text.matchAll(/^ {0,3}(`{3,}|~{3,})(.*)$/gm)) {
    if (open === '') open = fence;
    else if (fence.startsWith(open) && rest.trim() === '') open = '';
  }
  return open === '' ? text : `${text}\n${open}`;
}

/** Applies a change outside code spans, which cannot contain HTML. */
function outsideCode(text: string, change: (words: string) => string): string {
  return text
    .split(/(`+[^`]+`+)/)
    .map((piece, index) => (index % 2 === 1 ? piece : change(piece)))
    .join('');
}

/** Text as a single line. */
export function line(text: string): string {
  const written = prose(text);
  return written.includes('\n') ? written.replaceAll(/\s*\n\s*/g, ' ') : written;
}

/** A code span, even if the text contains backticks. */
export function code(text: string): string {
  if (!/[`\n]/.test(text)) return text === '' ? '' : `\`${text}\``;
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${space}${text.replaceAll(/\s*\n\s*/g, ' ')}${space}${fence}`;
}

/** Plain text: all Markdown characters are escaped. */
export function literally(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>]/g, (character) => `\\${character}`).replaceAll('\n', ' ');
}

/** A table without its empty columns. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const kept = [...columns.keys()].filter((index) => rows.some((row) => (row[index] ?? '') !== ''));
  const write = (cells: readonly string[]): string =>
    `| ${kept.map((index) => cell(cells[index] ?? '')).join(' | ')} |`;
  return [write(columns), write(columns.map(() => '---')), ...rows.map(write)].join('\n');
}

/** Escapes pipes, which end a cell even in code, and newlines, which end the table. */
function cell(text: string): string {
  if (!/[|\n]/.test(text)) return text;
  return text
    .trim()
    .replaceAll(/\\?\|/g, '\\|')
    .replaceAll(/\s*\n\s*(?:\n\s*)?/g, '<br>');
}

/** A code block, even if the text contains backticks. */
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

/** A heading with its content; empty without content. */
export function section(heading: string, ...blocks: readonly string[]): string {
  const said = blocks.filter((block) => block !== '');
  return said.length === 0 ? '' : [`## ${heading}`, ...said].join('\n\n');
}

/** Joins the blocks of a page by empty lines, with a newline at the end. */
export function page(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
