import type { EvidenceEntry } from './evidence-entries.js';
import type { DocumentDifference } from './official-differences.js';

/** Whether a difference from another document is stated in the contract: some evidence there says what is against it. */
export function isStated({ fact, official, ours }: DocumentDifference, entries: readonly EvidenceEntry[]): boolean {
  const contradicted = entries.filter(({ evidence }) => evidence.against !== undefined);
  // What the other document alone says can only stand in words.
  if (ours === undefined) {
    const telling = [lastOf(fact), ...(typeof official === 'string' ? [official] : [])];
    return contradicted.some(
      ({ way, evidence }) => isAround(way, fact) && telling.some((word) => evidence.against?.includes(word) === true),
    );
  }
  if (fact === '/security') return contradicted.some(({ way }) => way.startsWith('/security'));
  const wanted = plain(fact);
  return contradicted.some(
    ({ way, evidence }) =>
      plain(way) === wanted ||
      (way !== '' && way !== '/responses' && wanted.startsWith(`${plain(way)}/`)) ||
      // Of a status that only some of its causes bring about, the causes say that there is none.
      (way.startsWith(`${fact}/`) && evidence.against?.includes(`no ${lastOf(fact)}`) === true),
  );
}

/** Whether a place is the fact's own, encloses it, or stands beside it, as what we have instead does. */
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

/** A way through a document without what every way goes through. */
function plain(way: string): string {
  return way
    .replace(/\/content\/[^/]+/, '')
    .split('/')
    .filter((segment) => !['schema', 'properties'].includes(segment))
    .join('/');
}
