import { secretForms } from './secret-forms.js';

/** Properties and form fields that hold secrets. */
const SECRET_NAME = /(password|passphrase|secret|(access|refresh|id)_?token|client_assertion|private_key)s?$/i;

/** A JSON Web Token: three parts in base64url, the first a JSON object. */
const JWT = /\beyJ[\w-]+\.[\w-]*\.[\w-]*/g;
/** The same where the text was cut. */
const CUT_JWT = /\beyJ[\w-]{16,}(\.[\w-]*)?(?=…)/g;

/** Shorter values in properties with a secret name are filler: `aaaaaaaa` is what a check of lengths sends. */
const SHORTEST = 8;
const FEWEST_CHARACTERS = 5;
/** Shorter credentials cannot be told apart from ordinary text. */
const SHORTEST_CREDENTIAL = 6;

/** An identifier or a word, such as `access_token`: as a learned value it is no secret. */
const WORD = /^[a-z]+([_-][a-z]+)*$/i;
const WORD_CHARACTER = /[\w-]/;

/** Unknown tokens may be this long, in characters: servers accept no longer headers. */
const LONGEST_TOKEN = 16 * 1024;

/** Forms are found by their first characters. */
const KEY_LENGTH = 6;
/** The beginning of a credential that is masked wherever it occurs, in characters. Shorter ones only where text ends. */
const PARTIAL_LENGTH = 12;

interface SecretForm {
  /** In lower case: HTTP header names lose their case on the way. */
  readonly text: string;
  readonly placeholder: string;
  /** A credential of the run: its beginning is masked too. Learned secrets may begin like names of fixtures. */
  readonly isCredential: boolean;
  /** Matches only between characters that no identifier has. */
  readonly wholeWord: boolean;
}

/**
 * Masks secrets in text from outside. It knows the credentials of the run, the secrets that the target created, and
 * what looks like a token; each also in JSON, URL, HTML, base64 and hexadecimal form, and cut.
 *
 * This is the border: whatever came from a target is masked here first, then cut, then escaped for its sink.
 */
export class Redactor {
  readonly #forms = new Map<string, SecretForm[]>();
  readonly #known = new Set<string>();
  #longestForm = 0;

  /** Masks a credential. @param placeholder - what is shown instead: `$TOKEN` */
  hide(secret: string, placeholder: string): void {
    if (secret.length < SHORTEST_CREDENTIAL) return;
    this.#add(secret, { placeholder, isCredential: true, wholeWord: WORD.test(secret) });
  }

  /** Masks every value in a JSON value whose property has the name of a secret. */
  hideIn(value: unknown): void {
    if (Array.isArray(value)) {
      for (const entry of value) this.hideIn(entry);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of Object.entries(value)) {
        if (SECRET_NAME.test(name)) this.#hideLeaves(entry, placeholderOf(name));
        else this.hideIn(entry);
      }
    }
  }

  /** Masks the texts in the value of a secret's property, which may be a list or an object. */
  #hideLeaves(value: unknown, placeholder: string): void {
    if (typeof value === 'string') {
      if (looksSecret(value)) this.#add(value, { placeholder, isCredential: false, wholeWord: false });
    } else if (typeof value === 'object' && value !== null) {
      for (const entry of Object.values(value)) this.#hideLeaves(entry, placeholder);
    }
  }

  /** The text with secrets masked. */
  redact(text: string): string {
    // Unknown tokens first: they may begin like known ones.
    return this.#maskKnown(text.replace(JWT, '$TOKEN').replace(CUT_JWT, '$TOKEN'));
  }

  /** The text with secrets masked, then cut to at most `longest` characters. Never cut first: half a secret is one. */
  excerpt(text: string, longest: number): string {
    // Masking a megabyte takes longer than a request: mask what is shown, and as much after it as a secret may take.
    const margin = Math.max(LONGEST_TOKEN, this.#longestForm);
    for (let end = longest + margin; end < text.length; end *= 2) {
      const masked = this.redact(`${text.slice(0, end)}…`);
      if (masked.length - margin > longest) return cut(masked, longest);
    }
    const masked = this.redact(text);
    return masked.length <= longest ? masked : cut(masked, longest);
  }

  #add(secret: string, form: Omit<SecretForm, 'text'>): void {
    if (this.#known.has(secret)) return;
    this.#known.add(secret);
    for (const text of secretForms(secret)) {
      if (text.length < KEY_LENGTH) continue;
      this.#longestForm = Math.max(this.#longestForm, text.length);
      const key = text.slice(0, KEY_LENGTH);
      const forms = [...(this.#forms.get(key) ?? []), { ...form, text }];
      this.#forms.set(
        key,
        forms.sort((one, other) => other.text.length - one.text.length),
      );
    }
  }

  #maskKnown(text: string): string {
    if (this.#forms.size === 0) return text;
    const lower = lowerCase(text);
    const last = lower.length - KEY_LENGTH;
    let masked = '';
    let from = 0;
    for (let index = 0; index <= last; index += 1) {
      const match = this.#matchAt(lower, index);
      if (match === undefined) continue;
      masked += text.slice(from, index) + match.placeholder;
      from = index + match.length;
      index = from - 1;
    }
    return masked + text.slice(from);
  }

  /** The longest match that begins at a place. */
  #matchAt(text: string, index: number): { readonly placeholder: string; readonly length: number } | undefined {
    const forms = this.#forms.get(text.slice(index, index + KEY_LENGTH));
    let best: { readonly placeholder: string; readonly length: number } | undefined;
    for (const form of forms ?? []) {
      const length = commonLength(form.text, text, index);
      const isWhole = length === form.text.length;
      // Longer forms come first: of two matches of one length, the whole secret counts.
      if (length < (best?.length ?? 0) || (length === best?.length && !isWhole)) continue;
      if (!isWhole && !revealsBeginning(form, text, index + length, length)) continue;
      if (form.wholeWord && !isWholeWord(text, index, length)) continue;
      best = { placeholder: form.placeholder, length };
    }
    return best;
  }
}

/** Whether the beginning of a secret, of this length and up to this place, is to be masked. */
function revealsBeginning({ isCredential }: SecretForm, text: string, end: number, length: number): boolean {
  const isCut = end === text.length || text[end] === '…';
  return isCut ? isCredential || length >= PARTIAL_LENGTH : isCredential && length >= PARTIAL_LENGTH;
}

function cut(text: string, longest: number): string {
  // Not between the halves of a character.
  return `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;
}

function looksSecret(value: string): boolean {
  return value.length >= SHORTEST && new Set(value).size >= FEWEST_CHARACTERS && !WORD.test(value);
}

function commonLength(form: string, text: string, index: number): number {
  let length = 0;
  while (length < form.length && form[length] === text[index + length]) length += 1;
  return length;
}

function isWholeWord(text: string, index: number, length: number): boolean {
  return !WORD_CHARACTER.test(text[index - 1] ?? '') && !WORD_CHARACTER.test(text[index + length] ?? '');
}

/** In lower case, with every character in its place. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  // A few letters become two: then only ASCII is changed.
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function placeholderOf(name: string): string {
  if (/password|passphrase/i.test(name)) return '$PASSWORD';
  return /token/i.test(name) ? '$TOKEN' : '$CLIENT_SECRET';
}
