/** What terminals show in two columns: East Asian scripts with their punctuation, full-width forms, and pictures. */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\u30fb\u30fc\uff01-\uff60\uffe0-\uffe6]/u;

/** Text of one column for each character, which most is. */
const PLAIN = /^[\x20-\x7e]*$/;

/** How many columns of a terminal a text takes, on one line and without control characters. */
export function columnsOf(text: string): number {
  return PLAIN.test(text) ? text.length : charactersOf(text).reduce((sum, each) => sum + widthOf(each), 0);
}

/** The text with spaces behind it, up to so many columns. */
export function padColumns(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** The end of a text in at most so many columns, with "…" in place of what is left out. */
export function endInColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  const kept: string[] = [];
  let free = columns - 1;
  for (const each of charactersOf(text).reverse()) {
    free -= widthOf(each);
    if (free < 0) break;
    kept.push(each);
  }
  return `…${kept.reverse().join('')}`;
}

function widthOf(character: string): number {
  return WIDE.test(character) ? 2 : 1;
}

/** As a reader counts them: a letter with its accents is one. */
function charactersOf(text: string): string[] {
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
}
