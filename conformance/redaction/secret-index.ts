import { AnchorTable } from './anchor-table.js';

/** A secret, and where it counts. */
export interface Secret {
  /** What is shown instead: `$TOKEN`. */
  readonly placeholder: string;
  /**
   * `whole`: only between characters that no identifier has. `long`: as a whole, and where a text was cut within it, 12
   * or more of its first characters. `random`: every 12 of its characters in a row.
   */
  readonly counts: 'whole' | 'long' | 'random';
  readonly origin: Origin;
}

/**
 * Who chose a secret. `credential`: the user, or the target for the run; its first six characters count where a text was
 * cut behind them. `sent`: verify. `received`: the target, which may call anything a secret.
 */
export type Origin = 'received' | 'sent' | 'credential';

/** A hostile target invents any number of secrets with the same four characters. Those of the user come first. */
const MOST_ANCHORS: Readonly<Record<Origin, number>> = { received: 16, sent: 1024, credential: 4096 };

const RANKS: Readonly<Record<Origin, number>> = { received: 1, sent: 2, credential: 3 };

/** What counts in one text. */
export interface SearchOptions {
  /** Whether a part of this length counts, given its place. */
  readonly least: (begin: number, end: number) => boolean;
  /** Whether secrets count that a target chose. */
  readonly received: boolean;
}

/** A place in a text that shows a secret or a part of one. */
export interface Span {
  readonly begin: number;
  readonly end: number;
  readonly placeholder: string;
  readonly isWhole: boolean;
}

/** A secret as it may be written. */
interface Form extends Secret {
  /** With ASCII letters in lower case. */
  readonly text: string;
  /** The place of its first character in the text where it was last found, and the end of what was found. */
  foundAt: number;
  foundEnd: number;
  foundBy: number;
}

/** So many characters find a secret: they fit into one number. */
const ANCHOR = 4;
/** Anchors are so far apart that every 5 characters of a secret, the shortest part that counts, contain one. */
const STEP = 2;
/** The fewest first characters of a credential that count where the text was cut. */
const LEAST_AT_CUT = 6;
const LEAST_OF_OTHERS = 12;
/** Longer secrets are tokens, in characters. */
const LONG = 200;
/** Two forms that agree so far around an anchor need it once. */
const AROUND = 14;

const WORD_CHARACTER = /[\w-]/;

/** Finds parts of many secrets in a text, in a time that grows with the text alone. The case of ASCII letters does not count. */
export class SecretIndex {
  readonly #anchors = new AnchorTable();
  readonly #forms: Form[] = [];
  readonly #known = new Map<string, Origin>();
  /** Added and not yet in the index: most runs get hundreds of tokens and show no text that may hold one. */
  #pending = new Map<string, Secret>();
  #searches = 0;

  has(secret: string): boolean {
    return this.#known.has(secret);
  }

  /** Adds a secret. Of several descriptions that of the highest origin counts, else the first. */
  add(secret: string, description: Secret): void {
    const known = this.#known.get(secret);
    if (known !== undefined && RANKS[known] >= RANKS[description.origin]) return;
    this.#known.set(secret, description.origin);
    this.#pending.set(secret, description);
  }

  #indexPending(): void {
    const pending = this.#pending;
    if (pending.size === 0) return;
    this.#pending = new Map();
    for (const [secret, description] of pending) this.#index(secret, description);
  }

  #index(secret: string, description: Secret): void {
    // Of a token only the signature is secret: backwards, the rest means nothing to anybody.
    const core = secret.length < LONG ? secret : secret.slice(secret.lastIndexOf('.') + 1);
    // In forms a space is a plus.
    for (const text of new Set([secret, secret.replaceAll(' ', '+'), [...core].reverse().join('')])) {
      const number = this.#forms.push({ ...description, text: fold(text), foundAt: 0, foundEnd: 0, foundBy: 0 }) - 1;
      for (let offset = 0; offset + ANCHOR <= text.length; offset += STEP) this.#addAnchor(number, offset);
    }
  }

  #addAnchor(number: number, offset: number): void {
    const form = this.#form(number);
    const key = keyAt(form.text, offset);
    let count = 0;
    for (let other = this.#anchors.newest(key); other !== -1; other = this.#anchors.older(other, key)) {
      // Tokens have long parts in common: without this, each place of one would be compared with all of them.
      if (areAlike(form, offset, this.#form(this.#anchors.textOf(other)), this.#anchors.offsetOf(other))) return;
      count += 1;
    }
    if (count < MOST_ANCHORS[form.origin]) this.#anchors.add(key, number, offset);
  }

  #form(number: number): Form {
    const form = this.#forms[number];
    if (form === undefined) throw new RangeError(`no form ${number}`);
    return form;
  }

  find(text: string, { least, received }: SearchOptions): Span[] {
    this.#indexPending();
    const spans: Span[] = [];
    this.#searches += 1;
    let key = 0;
    // Where the last of the spans ends: another one that ends later has an anchor that does, too.
    let covered = 0;
    for (let end = 0; end < text.length; end += 1) {
      key = appended(key, foldedCode(text, end));
      if (end < covered || end < ANCHOR - 1) continue;
      const place = end - ANCHOR + 1;
      for (let anchor = this.#anchors.newest(key); anchor !== -1; anchor = this.#anchors.older(anchor, key)) {
        const form = this.#form(this.#anchors.textOf(anchor));
        const offset = this.#anchors.offsetOf(anchor);
        const isFound =
          form.foundBy === this.#searches && form.foundAt === place - offset && place + ANCHOR <= form.foundEnd;
        if (isFound || (form.origin === 'received' && !received)) continue;
        const span = this.#extend(text, place, form, offset);
        if (span === undefined || !counts(form, text, span, least)) continue;
        spans.push(span);
        covered = Math.max(covered, span.end);
      }
    }
    return spans;
  }

  /** The part of a form that is at a place, as long as text and form agree. */
  #extend(text: string, place: number, form: Form, offset: number): Span | undefined {
    const first = place - offset;
    let end = place;
    while (end - first < form.text.length && foldedCode(text, end) === form.text.charCodeAt(end - first)) end += 1;
    // The key of an anchor has only 8 bits of each character.
    if (end < place + ANCHOR) return undefined;
    let begin = place;
    while (begin > first && begin > 0 && foldedCode(text, begin - 1) === form.text.charCodeAt(begin - 1 - first))
      begin -= 1;
    form.foundBy = this.#searches;
    form.foundAt = first;
    form.foundEnd = end;
    const isWhole = begin === first && end - begin === form.text.length;
    return { begin, end, placeholder: form.placeholder, isWhole };
  }
}

function counts(form: Form, text: string, span: Span, least: (begin: number, end: number) => boolean): boolean {
  const { begin, end, isWhole } = span;
  if (form.counts === 'whole')
    return isWhole && !WORD_CHARACTER.test(text[begin - 1] ?? '') && !WORD_CHARACTER.test(text[end] ?? '');
  if (isWhole || (form.counts === 'random' && least(begin, end))) return true;
  const isCut = begin === form.foundAt && (end === text.length || text[end] === '…');
  return isCut && end - begin >= (form.origin === 'credential' ? LEAST_AT_CUT : LEAST_OF_OTHERS);
}

/** Whether two anchors of one key find the same: the characters around them agree, and how their forms count. */
function areAlike(form: Form, offset: number, other: Form, otherOffset: number): boolean {
  if (form.counts !== other.counts || form.origin !== other.origin) return false;
  const before = Math.min(offset, AROUND);
  if (before !== Math.min(otherOffset, AROUND)) return false;
  for (let index = -before; index < ANCHOR + AROUND; index += 1) {
    const code = form.text.charCodeAt(offset + index);
    const otherCode = other.text.charCodeAt(otherOffset + index);
    // Behind the end there is no number, which equals nothing.
    if (code !== otherCode) return Number.isNaN(code) && Number.isNaN(otherCode);
  }
  return true;
}

function keyAt(text: string, offset: number): number {
  let key = 0;
  for (let index = offset; index < offset + ANCHOR; index += 1) key = appended(key, text.charCodeAt(index));
  return key;
}

/** The key of four characters from that of the four before. */
function appended(key: number, code: number): number {
  return (key >>> 8) | ((code & 0xff) << 24);
}

/** A character, in lower case if it is an ASCII letter: HTTP header names lose their case on the way. */
function foldedCode(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function fold(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
