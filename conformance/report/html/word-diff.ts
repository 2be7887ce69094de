/** A part of a text, and whether the other text has it too. */
export interface DiffPart {
  readonly text: string;
  readonly same: boolean;
}

/** Longer texts are shown whole: the table of their words grows with the product. */
const MOST_WORDS = 200;

/** Two texts in parts: words that both have, in the same order, and words that only one has. */
export function wordDiff(one: string, other: string): readonly [readonly DiffPart[], readonly DiffPart[]] {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.length > MOST_WORDS || b.length > MOST_WORDS)
    return [[{ text: one, same: false }], [{ text: other, same: false }]];
  const lengths = commonLengths(a, b);
  const parts: [DiffPart[], DiffPart[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left = '', right = ''] = [a[i], b[j]];
    if (i < a.length && left === right) {
      parts[0].push({ text: left, same: true });
      parts[1].push({ text: right, same: true });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && lengthAt(lengths, i + 1, j) >= lengthAt(lengths, i, j + 1))) {
      parts[0].push({ text: left, same: false });
      i += 1;
    } else {
      parts[1].push({ text: right, same: false });
      j += 1;
    }
  }
  return [joined(parts[0]), joined(parts[1])];
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\s+|\w+|[^\s\w]/g) ?? [];
}

/** The length of the longest common subsequence of the rests after each pair of positions. */
function commonLengths(a: readonly string[], b: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] ?? [];
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] =
        a[i] === b[j] ? lengthAt(lengths, i + 1, j + 1) + 1 : Math.max(lengthAt(lengths, i + 1, j), row[j + 1] ?? 0);
    }
  }
  return lengths;
}

function lengthAt(lengths: readonly (readonly number[])[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0;
}

/** Neighbours of the same kind as one part. */
function joined(parts: readonly DiffPart[]): readonly DiffPart[] {
  const merged: DiffPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (last !== undefined && last.same === part.same)
      merged[merged.length - 1] = { ...last, text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
}
