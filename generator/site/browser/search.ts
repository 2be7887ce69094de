/** A page as the search index has it. */
export type SearchEntry = readonly [kind: string, title: string, path: string, detail: string, words: string];

/**
 * The pages that fit a query, the best first. Each word of the query has to be in a page: in its title, its request, or
 * its text; a page with a word at the start of its title comes before one that only mentions it. If nothing fits, words
 * may differ by one character. Runs in the browser as its own text, so it uses nothing but its arguments.
 *
 * @param most - the number of pages
 */
export function searchPages(entries: readonly SearchEntry[], query: string, most: number): readonly SearchEntry[] {
  const split = (text: string): string[] =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}_:]+/u)
      .filter((word) => word !== '');
  const wanted = split(query);
  if (wanted.length === 0) return [];
  const near = (word: string, other: string): boolean => {
    if (word.length < 4 || Math.abs(word.length - other.length) > 1) return false;
    let start = 0;
    while (start < word.length && word[start] === other[start]) start += 1;
    const [a, b] = [word.slice(start), other.slice(start)];
    const swapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
    return swapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1);
  };
  const score = (words: readonly string[], word: string, fuzzy: boolean): number => {
    let best = 0;
    for (const other of words) {
      if (other === word) return 4;
      if (other.startsWith(word)) best = Math.max(best, 3);
      else if (word.length > 2 && other.includes(word)) best = Math.max(best, 1);
      else if (fuzzy && near(word, other)) best = Math.max(best, 1);
    }
    return best;
  };
  const KIND_BONUS: Record<string, number> = { Task: 2, Guide: 1 };
  for (const fuzzy of [false, true]) {
    const found: (readonly [SearchEntry, number])[] = [];
    for (const entry of entries) {
      const [kind, title, , detail, text] = entry;
      const fields = [split(title), split(detail), split(text)] as const;
      let total = KIND_BONUS[kind] ?? 0;
      let fits = true;
      for (const word of wanted) {
        const best = Math.max(
          score(fields[0], word, fuzzy) * 8,
          score(fields[1], word, fuzzy) * 3,
          score(fields[2], word, fuzzy),
        );
        if (best === 0) fits = false;
        total += best;
      }
      if (title.toLowerCase().startsWith(query.trim().toLowerCase())) total += 20;
      // Of two titles with the same words, the shorter one has less beside them.
      if (fits) found.push([entry, total - fields[0].length / 10]);
    }
    if (found.length > 0)
      return found
        .sort((a, b) => b[1] - a[1])
        .slice(0, most)
        .map(([entry]) => entry);
  }
  return [];
}
