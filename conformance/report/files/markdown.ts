/** Text as inline code, also in a table: no markup, link, image or mention in it has an effect. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  // A space keeps backticks at the ends apart from the fence; a bar would end a table's cell.
  const inside = /^`|`$/.test(line) ? ` ${line} ` : line;
  return `${fence}${inside.replaceAll('|', '\\|')}${fence}`;
}

/** Text as a block of code. */
export function codeBlock(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
