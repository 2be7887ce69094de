import type { Contract } from '../../contract/contract.js';
import { isParameter, pathSegments } from '../../contract/derive/path-shape.js';
import { singularOf } from '../../contract/derive/resource-name.js';
import { nameWords } from '../../contract/text/name-words.js';

/** What servers say after the kind of an item that is not there. */
const IS_MISSING = /^((is|was|were|could|can|has) )?(not (be )?(been )?found|unknown|(does|do|did)( not|n t) exist)\b/;
/** What they say before it. */
const NO_SUCH = /\b(unknown|no such|non ?existent|(can ?not|can t|could ?n[o ]t|unable to) find)( (the|a|an|any))?$/;
/** So many words may be between: "song title not found", "the song Summer Rain does not exist". */
const MOST_BETWEEN = 3;
/** Before or after the kind of an item, these mean a part of a request, or of a database. */
const PARTS = new Set(
  'field property parameter param column attribute argument header table relation function method route path url page endpoint'.split(
    ' ',
  ),
);

/**
 * Whether a refusal says that some item is not there, of a kind that paths of the contract name: "The specified song does
 * not exist" where there is `/songs`, and not "Unknown field song".
 *
 * @param except - kinds, in the singular, that do not count
 */
export function saysItemMissing(contract: Contract, text: string, except: ReadonlySet<string> = new Set()): boolean {
  const known = kinds.get(contract) ?? kindsOf(contract);
  kinds.set(contract, known);
  const words = nameWords(text).filter((word) => word !== '');
  return words.some((word, at) => {
    if (!known.has(word) || except.has(word)) return false;
    const [before, after] = [words.slice(Math.max(0, at - 4), at), words.slice(at + 1, at + 9)];
    if (before.some((other) => PARTS.has(other))) return false;
    if (NO_SUCH.test(before.join(' ')) && !PARTS.has(after[0] ?? '')) return true;
    return Array.from({ length: MOST_BETWEEN + 1 }).some(
      (_, skipped) =>
        !after.slice(0, skipped).some((other) => PARTS.has(other)) && IS_MISSING.test(after.slice(skipped).join(' ')),
    );
  });
}

const kinds = new WeakMap<Contract, ReadonlySet<string>>();

/** The last word of each part of a path, in the singular: `song` of `/songs/{id}` and `list` of `/play-lists`. */
function kindsOf({ operations }: Contract): ReadonlySet<string> {
  const segments = operations.flatMap(({ route }) => pathSegments(route).filter((segment) => !isParameter(segment)));
  const words = segments.map((segment) => singularOf(nameWords(segment).at(-1) ?? ''));
  return new Set(words.filter((word) => word.length > 2 && !PARTS.has(word)));
}
