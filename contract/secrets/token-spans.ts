/** The place of a token in a text. */
export interface TokenSpan {
  readonly begin: number;
  readonly end: number;
  /** It was not cut. */
  readonly isWhole: boolean;
}

/** Words with dots between them. Each match takes all of it, so a search is linear. */
const DOTTED = /[\w-]+(?:\.[\w-]*)*/g;
/** What the base64 of a JSON object begins with. */
const HEADER = 'eyJ';
/** So long a header is one even in the middle of a word, as behind `%20`: `{"alg":"none"}` has 19 characters. */
const SHORTEST_HEADER = 16;
/** Three parts: a signed token. */
const PARTS = 3;

/** The places of JSON Web Tokens: three parts in base64url, the first a JSON object; of cut ones, what is left. */
export function tokenSpans(text: string): readonly TokenSpan[] {
  if (!text.includes(HEADER)) return [];
  const spans: TokenSpan[] = [];
  for (const { 0: word, index } of text.matchAll(DOTTED)) {
    const at = word.indexOf(HEADER);
    if (at < 0) continue;
    const parts = word.slice(at).split('.', PARTS);
    const isHeader = (parts[0] ?? '').length >= SHORTEST_HEADER;
    const isToken = parts.length === PARTS && (at === 0 || isHeader);
    const isCutToken = isHeader && text[index + word.length] === '…';
    if (!isToken && !isCutToken) continue;
    const begin = index + at;
    spans.push({ begin, end: begin + parts.join('.').length, isWhole: parts.length === PARTS });
  }
  return spans;
}
