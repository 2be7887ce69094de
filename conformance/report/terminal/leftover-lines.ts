import { groupBy } from '../group-by.js';

/** `role rol_1 (rc1a2b3c4d0-0001)`, with or without a perhaps: what it is, and which one. */
const NAMED = /^(?<kind>(?:perhaps )?(?!what |an? )[\w.-]+) (?<which>\S+(?: \(.*\))?)$/;

/** From so many on, resources of one kind share a line. */
const SHARED_FROM = 5;
/** The most names in a line: somebody has to remove them by hand, and nothing else has them without a report. */
const MOST_NAMES = 200;

/** Leftovers with those of one kind together, where there are many: `96 × role: rol_1 (rc…), rol_2 (rc…)`. */
export function leftoverLines(leftovers: readonly string[]): readonly string[] {
  const kinds = groupBy(leftovers, (line) => NAMED.exec(line)?.groups?.kind ?? line);
  return [...kinds].flatMap(([kind, lines]) => {
    if (lines.length < SHARED_FROM) return lines;
    const names = lines.map((line) => NAMED.exec(line)?.groups?.which ?? line);
    const more = names.length - MOST_NAMES;
    const rest = more > 0 ? ` and ${more} more, see report.json (--report DIR)` : '';
    return [`${lines.length} × ${kind}: ${names.slice(0, MOST_NAMES).join(', ')}${rest}`];
  });
}
