import type { Contract, Json } from '../../contract/contract.js';
import { canonicalText } from '../../contract/json/canonical-text.js';
import { isObject } from '../../contract/pointer.js';
import { placeOf, type SecretKind, secretsOf } from '../lookup/secret-places.js';
import type { PlannedRequest } from '../target/request.js';
import { parseJson } from '../target/target.js';
import type { Singleton } from './singleton.js';

/** What targets show instead of a value: `***`, `sk-••••1234`, `xxxxxxxx`, `<redacted>`, `$encrypted$`. */
const MASK =
  /^(\S*[*•●∙·█]{3,}\S*|x{4,}|[<[({$*_-]+[\w -]*(redact|mask|hidden|filter|encrypt|secret|sensitive)[\w -]*[>\])}$*_-]+)$/i;

/** What requests set of a singleton, by its place: `title`, `smtp.password`. */
export class SentSettings {
  readonly #contract: Contract;
  readonly #singleton: Singleton;
  /** Every value that was accepted, as text, by place. */
  readonly #values = new Map<string, Set<string>>();
  #replaces = false;

  constructor(contract: Contract, singleton: Singleton) {
    this.#contract = contract;
    this.#singleton = singleton;
  }

  record({ method, body = '', values }: PlannedRequest): void {
    const sent = parseJson(body);
    const leaves = leavesOf('json' in sent ? (sent.json as Json) : (values?.body ?? null));
    for (const [place, value] of leaves)
      this.#values.set(place, (this.#values.get(place) ?? new Set()).add(canonicalText(value)));
    if (method !== 'PATCH') this.#replaces = true;
  }

  /** The names of what a request set, whatever the document says. */
  get names(): readonly string[] {
    return [...new Set([...this.#values.keys()].map((place) => place.split('.', 1)[0] ?? place))];
  }

  /** Whether a request that sets everything may take from a target what it does not show, and what the run did not change. */
  get mustKeepHidden(): boolean {
    return !this.#replaces && this.#singleton.changes.has('PATCH') && this.#secrets().size > 0;
  }

  /**
   * The places of what the target does not show as it is: it masks them, leaves them out, or shows something else, such as
   * a hash. What it shows of them must not be sent: the mask would be the new password.
   */
  unreadable(before: Json, now: Json): ReadonlySet<string> {
    const [shownBefore, shownNow] = [leavesOf(before), leavesOf(now)];
    const masked = [...shownBefore].filter(([, value]) => isMasked(value)).map(([place]) => place);
    const secrets = this.#secrets();
    const isLeftOut = (place: string) =>
      !shownBefore.has(place) && !shownNow.has(place) && (this.#values.has(place) || this.#isLost(place, secrets));
    const isOther = (place: string) => {
      const shown = shownNow.get(place);
      const sent = this.#values.get(place);
      if (shown === undefined) return false;
      if (sent !== undefined) return !sent.has(canonicalText(shown));
      // Replaced without a word of it, and shown as before: it was kept, or the answer does not show what it is.
      return this.#replaces && canonicalText(shownBefore.get(place)) === canonicalText(shown);
    };
    const hidden = [...secrets.keys()].filter((place) => isLeftOut(place) || isOther(place));
    return new Set([...masked, ...hidden]);
  }

  /**
   * The places of texts of the run that answers show although it was set back, such as a new email that awaits
   * confirmation.
   */
  remaining(before: Json, now: Json, mark: string): readonly string[] {
    const sent = new Set([...this.#values.values()].flatMap((values) => [...values]));
    const shownBefore = leavesOf(before);
    const isOfRun = ([place, value]: readonly [string, Json]) =>
      typeof value === 'string' && value.includes(mark) && sent.has(canonicalText(value)) && !shownBefore.has(place);
    return [...leavesOf(now)].filter(isOfRun).map(([place]) => place);
  }

  /** Whether requests may have changed what is at a place. */
  mayHaveChanged(place: string): boolean {
    return this.#replaces || [...this.#values.keys()].some((sent) => isWithin(sent, place) || isWithin(place, sent));
  }

  /** No answer may show it, and what sets everything takes it away. */
  #isLost(place: string, secrets: ReadonlyMap<string, SecretKind>): boolean {
    return secrets.get(place) === 'write-only' && this.#replaces;
  }

  #secrets(): ReadonlyMap<string, SecretKind> {
    return new Map([...this.#singleton.changes.values()].flatMap((operation) => secretsOf(this.#contract, operation)));
  }
}

/** Every value that is no object, by its place. */
function leavesOf(value: Json, at = ''): ReadonlyMap<string, Json> {
  if (!isObject(value)) return new Map(at === '' ? [] : [[at, value]]);
  return new Map(Object.entries(value).flatMap(([name, inner]) => [...leavesOf(inner, placeOf(at, name))]));
}

function isWithin(place: string, other: string): boolean {
  return place === other || place.startsWith(`${other}.`);
}

/** Also in a list. */
function isMasked(value: Json): boolean {
  if (Array.isArray(value)) return value.some(isMasked);
  if (isObject(value)) return Object.values(value).some(isMasked);
  return typeof value === 'string' && MASK.test(value);
}
