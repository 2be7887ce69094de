/** Breaks text at spaces, so that a terminal need not break it inside a word. Words that are too long are shortened. */
export function wrapWords(text: string, width: number): readonly string[] {
  if (text.length <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').map((each) => shortened(each, width))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/**
 * Breaks a shell command between its words, with backslashes, so that it still can be pasted.
 * @returns nothing where one word alone is too long
 */
export function wrapCommand(command: string, width: number): readonly string[] | undefined {
  if (command.length <= width) return [command];
  const words = command.match(/(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/g) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (word.length + 4 > width) return undefined;
    if (line !== '' && line.length + word.length + 3 > width) {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function shortened(word: string, width: number): string {
  return word.length <= width ? word : `${word.slice(0, width - 1)}…`;
}
