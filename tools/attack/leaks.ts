/** So many characters of a secret in a row count as the secret. */
const WINDOW = 12;

/** The forms in which a secret is recognized by whoever looks for it. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const reversed = [...secret].reverse().join('');
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString('base64url'),
    bytes.toString('base64'),
    hex,
    hex.toUpperCase(),
    reversed,
  ];
}

/** The form and the place of a secret in a text; undefined if it is not there, nor a part of it. */
export function leakOf(secrets: readonly string[], text: string, forms = formsOf): string | undefined {
  for (const secret of secrets) {
    for (const form of forms(secret)) {
      for (let start = 0; start + WINDOW <= form.length; start += 1) {
        const at = text.indexOf(form.slice(start, start + WINDOW));
        if (at >= 0) return text.slice(Math.max(0, at - 60), at + 60);
      }
    }
  }
  return undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this pattern is for
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
/** The workflow commands that hostile texts contain. Outside of GitHub Actions nothing obeys them. */
const COMMANDS = /^\s*::error::planted|^\s*::(set-output|stop-commands)|##\[error\]planted/m;

/** What a terminal would obey in a text, or, in GitHub Actions, the runner; undefined if there is nothing. */
export function obeyedOf(text: string, { github }: { readonly github: boolean }): string | undefined {
  const found = CONTROLS.exec(text) ?? (github ? COMMANDS.exec(text) : null);
  return found === null ? undefined : JSON.stringify(text.slice(Math.max(0, found.index - 60), found.index + 60));
}
