/** Properties and form fields whose values are secrets wherever they stand. */
const SECRET_NAME = /password|secret|(access|refresh|id)_token|client_assertion|private_key/i;

/** Three parts in base64url, the first a JSON object: a token, whoever made it. */
const JWT = /\beyJ[\w-]+\.[\w-]*\.[\w-]*/g;

/** Less than this is no secret, but would hide half of every report: `aaaaaaaa` is what a check of lengths sends. */
const SHORTEST = 8;
const FEWEST_CHARACTERS = 5;

/**
 * Takes secrets out of everything that leaves: it is asked at the border, once, for whole texts. It knows the secrets
 * that it was told, and what looks like a token.
 */
export class Redactor {
  readonly #placeholders = new Map<string, string>();
  #pattern: RegExp | undefined;

  /** @param placeholder - what is shown instead: `$TOKEN` */
  hide(secret: string, placeholder: string): void {
    if (secret.length < SHORTEST || new Set(secret).size < FEWEST_CHARACTERS || this.#placeholders.has(secret)) return;
    this.#placeholders.set(secret, placeholder);
    const escaped = JSON.stringify(secret).slice(1, -1);
    if (escaped !== secret) this.#placeholders.set(escaped, placeholder);
    const encoded = encodeURIComponent(secret);
    if (encoded !== secret) this.#placeholders.set(encoded, placeholder);
    this.#pattern = undefined;
  }

  /** Hides every value in a JSON value whose property's name says that it is a secret. */
  hideIn(value: unknown): void {
    if (Array.isArray(value)) {
      for (const entry of value) this.hideIn(entry);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of Object.entries(value)) {
        if (typeof entry !== 'string') this.hideIn(entry);
        else if (SECRET_NAME.test(name)) this.hide(entry, placeholderOf(name));
      }
    }
  }

  redact(text: string): string {
    this.#pattern ??= new RegExp(
      [...this.#placeholders.keys()]
        .sort((one, other) => other.length - one.length)
        .map((secret) => secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('|'),
      'g',
    );
    const known =
      this.#placeholders.size === 0
        ? text
        : text.replace(this.#pattern, (secret) => this.#placeholders.get(secret) ?? '$SECRET');
    return known.replace(JWT, '$TOKEN');
  }
}

function placeholderOf(name: string): string {
  if (/password/i.test(name)) return '$PASSWORD';
  return /token/i.test(name) ? '$TOKEN' : '$CLIENT_SECRET';
}
