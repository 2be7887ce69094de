import type { EvidenceEntry } from './evidence-entries.js';
import type { DocumentDifference } from './official-differences.js';

/** Whether the contract states a difference from another document: some evidence says what is against the fact. */
export function isStated({ fact, official, ours }: DocumentDifference, entries: readonly EvidenceEntry[]): boolean {
  const contradicted = entries.filter(({ evidence }) => evidence.against !== undefined);
  // A fact that only the other document has can only be mentioned in words.
  if (ours === undefined) {
    const mentions = [lastOf(fact), ...(typeof official === 'string' ? [official] : [])];
    return contradicted.some(
      ({ way, evidence }) => isAround(way, fact) && mentions.some((word) => evidence.against?.includes(word) === true),
    );
  }
  if (fact === '/security') return contradicted.some(({ way }) => way.startsWith('/security'));
  const wanted = plain(fact);
  return contradicted.some(
    ({ way, evidence }) =>
      plain(way) === wanted ||
      (way !== '' && way !== '/responses' && wanted.startsWith(`${plain(way)}/`)) ||
      // For a status that only some of its problems cause, the evidence of the problems says that there is none.
      (way.startsWith(`${fact}/`) && evidence.against?.includes(`no ${lastOf(fact)}`) === true),
  );
}

/** Whether a place is the fact itself, contains it, or is its sibling, as the fact of the contract is. */
function isAround(way: string, fact: string): boolean {
  const [place, wanted] = [plain(way), plain(fact)];
  return wanted === place || wanted.startsWith(`${place}/`) || parentOf(wanted) === parentOf(place);
}

function parentOf(way: string): string {
  return way.slice(0, way.lastIndexOf('/'));
}

function lastOf(fact: string): string {
  return fact.slice(fact.lastIndexOf('/') + 1);
}

/** A path without the segments that every path has. */
function plain(way: string): string {
  return way
    .replace(/\/content\/[^/]+/, '')
    .split('/')
    .filter((segment) => !['schema', 'properties'].includes(segment))
    .join('/');
}
