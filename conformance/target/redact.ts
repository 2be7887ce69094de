import { credentialPieces, isCredentialHeader, isSecretName } from '../../contract/secrets/secret-name.js';
import { tokenSpans } from '../../contract/secrets/token-spans.js';
import { isLegible, LEAST, readingsOf } from './readings.js';
import { SecretIndex, type Span } from './secret-index.js';

/** Shorter values in properties with a secret name are filler: `aaaaaaaa` is what a check of lengths sends. */
const SHORTEST = 8;
const FEWEST_CHARACTERS = 5;
/** Of a header, only longer words are secrets. */
const SHORTEST_PIECE = 16;
/** Shorter credentials cannot be told apart from ordinary text. */
const SHORTEST_CREDENTIAL = 6;

/** An identifier or a word, such as `access_token`: as a learned value it is no secret. */
const WORD = /^[a-z]+([_-][a-z]+)*$/i;
/** What generators of secrets write. Other values may have parts in common with names and URLs. */
const RANDOM = /^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[\w!#$%&*+./=@^~-]{16,}$|^[0-9a-f]{24,}$/;

/** Unknown tokens may be this long, in characters: servers accept no longer headers. */
const LONGEST_TOKEN = 16 * 1024;
/** An encoded secret is at most so many times longer: `&#x6b;` for each character. */
const LONGEST_ENCODING = 6;
/** Text may be encoded so often: base64 of UTF-16 in JSON. */
const MOST_ENCODINGS = 3;
/** The characters of values that a target calls secrets, all together: a hostile one has any number of them. */
const MOST_LEARNED = 1_000_000;

/**
 * Masks secrets in text from outside. It knows the credentials of the run, the secrets that the target created, and
 * what looks like a token; every 12 characters of them, also in JSON, URL, HTML, base64 and hexadecimal form.
 *
 * This is the border: whatever came from a target is masked here first, then cut, then escaped for its sink.
 */
export class Redactor {
  readonly #secrets = new SecretIndex();
  #longest = 0;
  #learned = 0;

  /** Masks a credential. @param placeholder - what is shown instead: `$TOKEN` */
  hide(secret: string, placeholder: string): void {
    if (secret.length < SHORTEST_CREDENTIAL) return;
    this.#longest = Math.max(this.#longest, secret.length);
    this.#secrets.add(secret, { placeholder, isCredential: true, counts: WORD.test(secret) ? 'whole' : 'random' });
  }

  /** Masks every value in a JSON value whose property has the name of a secret, and credentials in headers. */
  hideIn(value: unknown): void {
    if (Array.isArray(value)) {
      for (const entry of value) this.hideIn(entry);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of namedValues(value)) {
        if (isSecretName(name)) this.#hideLeaves(entry, placeholderOf(name));
        else if (isCredentialHeader(name)) this.#hideCredentials(entry);
        else this.hideIn(entry);
      }
    }
  }

  /** Masks what is random in a header: an Authorization header may have several values, each with other words. */
  #hideCredentials(value: unknown): void {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const text of values.filter((each) => typeof each === 'string')) {
      for (const piece of credentialPieces(text).filter((each) => each.length >= SHORTEST_PIECE))
        this.#learn(piece, '$TOKEN');
    }
  }

  /** Masks the texts in the value of a secret's property, which may be a list or an object. */
  #hideLeaves(value: unknown, placeholder: string): void {
    if (typeof value === 'string') {
      this.#learn(value, placeholder);
    } else if (typeof value === 'object' && value !== null) {
      for (const entry of Object.values(value)) this.#hideLeaves(entry, placeholder);
    }
  }

  #learn(value: string, placeholder: string): void {
    if (!looksSecret(value)) return;
    // Whole tokens are recognized by their form.
    const [token] = tokenSpans(value);
    const isToken = token?.begin === 0 && token.isWhole && token.end === value.length;
    const secret = isToken ? value.slice(value.lastIndexOf('.') + 1) : value;
    if (this.#secrets.has(secret) || this.#learned + secret.length > MOST_LEARNED) return;
    this.#learned += secret.length;
    this.#longest = Math.max(this.#longest, secret.length);
    this.#secrets.add(secret, { placeholder, isCredential: false, counts: RANDOM.test(secret) ? 'random' : 'long' });
  }

  /** The text with secrets masked. */
  redact(text: string): string {
    const plain = this.#plainSpans(text);
    // Whole ones first, which is fast. Parts may be continued by an escape.
    const whole = plain.filter(({ isWhole }) => isWhole);
    const rest = whole.length === 0 ? text : withoutSpans(text, whole);
    const parts = whole.length === 0 ? plain : this.#plainSpans(rest);
    return withoutSpans(rest, [...parts, ...this.#encodedSpans(rest, MOST_ENCODINGS)]);
  }

  /** The text with secrets masked, then cut to at most `longest` characters. Never cut first: half a secret is one. */
  excerpt(text: string, longest: number): string {
    // Masking a megabyte takes longer than a request: mask what is shown, and as much after it as a secret may take.
    const margin = Math.max(LONGEST_TOKEN, LONGEST_ENCODING * this.#longest);
    for (let end = longest + margin; end < text.length; end *= 2) {
      const masked = this.redact(`${text.slice(0, end)}…`);
      if (masked.length - margin > longest) return cut(masked, longest);
    }
    const masked = this.redact(text);
    return masked.length <= longest ? masked : cut(masked, longest);
  }

  #plainSpans(text: string): readonly Span[] {
    return [...this.#secrets.find(text, (begin, end) => end - begin >= LEAST), ...tokensIn(text)];
  }

  /** The places of secrets and tokens in what the text says to whoever decodes it. */
  #encodedSpans(text: string, deepest: number): readonly Span[] {
    if (deepest === 0 || !isLegible(text)) return [];
    return readingsOf(text).flatMap((reading) => {
      const { begin: beginOf, end: endOf, least } = reading;
      const isLong = (begin: number, end: number) => least(endOf(end - 1) - beginOf(begin), end - begin);
      const found = [
        ...this.#secrets.find(reading.text, isLong),
        ...tokensIn(reading.text),
        ...this.#encodedSpans(reading.text, deepest - 1),
      ];
      return found.map((span) => ({ ...span, begin: beginOf(span.begin), end: endOf(span.end - 1) }));
    });
  }
}

/** The entries of an object; one that is a name with its value, as recordings write headers and form fields, is one. */
function namedValues(value: object): readonly (readonly [string, unknown])[] {
  const entries = Object.entries(value);
  if (!('name' in value && 'value' in value) || typeof value.name !== 'string') return entries;
  return [...entries, [value.name, value.value]];
}

function tokensIn(text: string): readonly Span[] {
  return tokenSpans(text).map((span) => ({ ...span, placeholder: '$TOKEN' }));
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  let masked = '';
  let from = 0;
  for (const { begin, end, placeholder } of united(spans)) {
    masked += text.slice(from, begin) + placeholder;
    from = end;
  }
  return masked + text.slice(from);
}

/** Spans in order that do not overlap. Of several at one place the whole secret names it, else the longest part. */
function united(spans: readonly Span[]): readonly Span[] {
  const inOrder = [...spans].sort((one, other) => one.begin - other.begin || other.end - one.end);
  const united: Span[] = [];
  for (const span of inOrder) {
    const last = united.at(-1);
    if (last === undefined || span.begin >= last.end) {
      united.push(span);
      continue;
    }
    const named = outranks(span, last) ? span : last;
    united[united.length - 1] = { ...named, begin: last.begin, end: Math.max(last.end, span.end) };
  }
  return united;
}

function outranks(one: Span, other: Span): boolean {
  if (one.isWhole !== other.isWhole) return one.isWhole;
  return one.end - one.begin > other.end - other.begin;
}

function cut(text: string, longest: number): string {
  // Not between the halves of a character.
  return `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;
}

function looksSecret(value: string): boolean {
  return value.length >= SHORTEST && new Set(value).size >= FEWEST_CHARACTERS && !WORD.test(value);
}

function placeholderOf(name: string): string {
  if (/password|passphrase/i.test(name)) return '$PASSWORD';
  return /token/i.test(name) ? '$TOKEN' : '$CLIENT_SECRET';
}
