import { credentialPieces, describesSecret, isCredentialHeader, isSecret } from '../../contract/secrets/secret-name.js';
import { tokenSpans } from '../../contract/secrets/token-spans.js';
import { isLegible, LEAST, readingsOf } from './readings.js';
import { type Origin, type Secret, SecretIndex, type Span } from './secret-index.js';

/** Shorter values in properties with a secret name are filler: `aaaaaaaa` is what a check of lengths sends. */
const SHORTEST = 8;
const FEWEST_CHARACTERS = 5;
/** Of a header, only longer words are secrets. */
const SHORTEST_PIECE = 16;
/** Shorter credentials cannot be told apart from ordinary text. */
const SHORTEST_CREDENTIAL = 6;

/** An identifier or a word, such as `access_token`: as a learned value it is no secret. */
const WORD = /^[a-z]+([_-][a-z]+)*$/i;
/** When something about a secret happened, such as `password: {updated_at}`. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** What generators of secrets write. Other values may have parts in common with names and URLs. */
const RANDOM = /^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[\w!#$%&*+./=@^~-]{16,}$|^[0-9a-f]{24,}$/;

/** Unknown tokens may be this long, in characters: servers accept no longer headers. */
const LONGEST_TOKEN = 16 * 1024;
/** An encoded secret is at most so many times longer: `&#x6b;` for each character. */
const LONGEST_ENCODING = 6;
/** Text may be encoded so often: base64 of UTF-16 in JSON. */
const MOST_ENCODINGS = 3;
/** Of longer secrets both ends are masked, in characters. */
const LONGEST_SECRET = 16 * 1024;
/** The characters of values that a target calls secrets, all together: a hostile one has any number of them. */
const MOST_RECEIVED = 400_000;

interface Learned extends Pick<Secret, 'placeholder' | 'origin'> {
  /** Sentences are messages: a refusal says by the name of a property what is wrong with it. */
  readonly hasMessages: boolean;
}

/** Where values come from. */
interface HideOptions {
  readonly origin?: Origin;
  /** They are of the answer to a request that was refused. */
  readonly isRefusal?: boolean;
  /** Names of properties that hold secrets by the document, whatever they are called. */
  readonly secretNames?: ReadonlySet<string>;
}

/** An answer, as far as it may have secrets. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: unknown;
  /** Names of properties that hold secrets by the document, whatever they are called. */
  readonly secretNames?: ReadonlySet<string>;
}

export interface MaskOptions {
  /** Whether to mask what a target calls a secret. Default: true. Not in names that a person needs, such as leftovers. */
  readonly received?: boolean;
}

/**
 * Masks secrets in text from outside. It knows the credentials of the run, the secrets that the target created, and
 * what looks like a token; every 12 characters of them, also in JSON, URL, HTML, base64 and hexadecimal form.
 *
 * This is the border: whatever came from a target is masked here first, then cut, then escaped for its sink.
 */
export class Redactor {
  readonly #secrets = new SecretIndex();
  #longest = 0;
  #received = 0;
  #learned = 0;

  /** The characters of all secrets that it knows: it grows with each, and takes no more of a target at some point. */
  get learned(): number {
    return this.#learned;
  }

  /** Masks a credential. @param placeholder - what is shown instead: `$TOKEN` */
  hide(secret: string, placeholder: string): void {
    if (secret.length < SHORTEST_CREDENTIAL) return;
    this.#add(secret, { placeholder, origin: 'credential', counts: WORD.test(secret) ? 'whole' : 'random' });
  }

  /** Masks every value in a JSON value whose property has the name of a secret, and credentials in headers. */
  hideIn(value: unknown, options: HideOptions = {}): void {
    const { origin = 'received', isRefusal = false, secretNames } = options;
    if (Array.isArray(value)) {
      for (const entry of value) this.hideIn(entry, options);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of namedValues(value)) {
        if (isSecret(name, entry) || secretNames?.has(name) === true)
          this.#hideLeaves(entry, { name, placeholder: placeholderOf(name), origin, hasMessages: isRefusal });
        else if (isCredentialHeader(name)) this.#hideCredentials(entry, origin);
        else this.hideIn(entry, options);
      }
    }
  }

  /** Masks what a target calls a secret in its answer, headers included. */
  hideInAnswer({ status, body, headers, secretNames }: ReceivedAnswer): void {
    const isRefusal = status >= 400 && status < 500;
    this.hideIn(body, { isRefusal, ...(secretNames === undefined || isRefusal ? {} : { secretNames }) });
    this.hideIn(headers);
  }

  /** Masks what is random in a header: an Authorization header may have several values, each with other words. */
  #hideCredentials(value: unknown, origin: Origin): void {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const text of values.filter((each) => typeof each === 'string')) {
      for (const piece of credentialPieces(text).filter((each) => each.length >= SHORTEST_PIECE))
        this.#learn(piece, { placeholder: '$TOKEN', origin, hasMessages: false });
    }
  }

  /** Masks the texts in the value of a secret's property, which may be a list or an object that describes it too. */
  #hideLeaves(value: unknown, learned: Learned & { readonly name: string }): void {
    if (typeof value === 'string') {
      this.#learn(value, learned);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of Object.entries(value))
        if (Array.isArray(value) || !describesSecret(name, learned.name)) this.#hideLeaves(entry, learned);
    }
  }

  #learn(value: string, { hasMessages, placeholder, origin }: Learned): void {
    if (!looksSecret(value) || (hasMessages && /\s/.test(value))) return;
    // Whole tokens are recognized by their form.
    const [token] = tokenSpans(value);
    const isToken = token?.begin === 0 && token.isWhole && token.end === value.length;
    const secret = isToken ? value.slice(value.lastIndexOf('.') + 1) : value;
    if (this.#secrets.has(secret) || (origin === 'received' && this.#received > MOST_RECEIVED)) return;
    this.#received += secret.length;
    this.#add(secret, { placeholder, origin, counts: RANDOM.test(secret) ? 'random' : 'long' });
  }

  #add(secret: string, description: Secret): void {
    // Of a longer one, which only a hostile target has, both ends.
    const half = LONGEST_SECRET / 2;
    const parts = secret.length > LONGEST_SECRET ? [secret.slice(0, half), secret.slice(-half)] : [secret];
    for (const part of parts) {
      this.#learned += part.length;
      this.#longest = Math.max(this.#longest, part.length);
      this.#secrets.add(part, description);
    }
  }

  /** The text with secrets masked. */
  redact(text: string, { received = true }: MaskOptions = {}): string {
    const plain = this.#plainSpans(text, received);
    // Whole ones first, which is fast. Parts may be continued by an escape.
    const whole = plain.filter(({ isWhole }) => isWhole);
    const rest = whole.length === 0 ? text : withoutSpans(text, whole);
    const parts = whole.length === 0 ? plain : this.#plainSpans(rest, received);
    return withoutSpans(rest, [...parts, ...this.#encodedSpans(rest, MOST_ENCODINGS, received)]);
  }

  /** The text with secrets masked, then cut to at most `longest` characters. Never cut first: half a secret is one. */
  excerpt(text: string, longest: number, options: MaskOptions = {}): string {
    // Masking a megabyte takes longer than a request: mask what is shown, and as much after it as a secret may take.
    const margin = Math.max(LONGEST_TOKEN, LONGEST_ENCODING * this.#longest);
    for (let end = longest + margin; end < text.length; end *= 2) {
      const masked = this.redact(`${text.slice(0, end)}…`, options);
      if (masked.length - margin > longest) return cut(masked, longest);
    }
    const masked = this.redact(text, options);
    return masked.length <= longest ? masked : cut(masked, longest);
  }

  #plainSpans(text: string, received: boolean): readonly Span[] {
    const least = (begin: number, end: number) => end - begin >= LEAST;
    return [...this.#secrets.find(text, { least, received }), ...tokensIn(text)];
  }

  /** The places of secrets and tokens in what the text says to whoever decodes it. */
  #encodedSpans(text: string, deepest: number, received: boolean): readonly Span[] {
    if (deepest === 0 || !isLegible(text)) return [];
    return readingsOf(text).flatMap((reading) => {
      const { begin: beginOf, end: endOf } = reading;
      const least = (begin: number, end: number) => reading.least(endOf(end - 1) - beginOf(begin), end - begin);
      const found = [
        ...this.#secrets.find(reading.text, { least, received }),
        ...tokensIn(reading.text),
        ...this.#encodedSpans(reading.text, deepest - 1, received),
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
  const isFiller = value.length < SHORTEST || new Set(value).size < FEWEST_CHARACTERS;
  return !isFiller && !WORD.test(value) && !DATE_TIME.test(value);
}

function placeholderOf(name: string): string {
  if (/password|passphrase/i.test(name)) return '$PASSWORD';
  return /token/i.test(name) ? '$TOKEN' : '$CLIENT_SECRET';
}
