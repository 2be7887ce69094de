/** So many characters of a secret in a row count as the secret. */
const WINDOW = 12;

/** The forms in which a secret is recognized by whoever looks for it. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const reversed = [...secret].reverse().join('');
  return [
    secret,
    secret.toLowerCase(),
    encodeURIComponent(secret),
    bytes.toString('base64url'),
    bytes.toString('base64'),
    Buffer.from(`x${secret}`).toString('base64').slice(2),
    Buffer.from(`xy${secret}`).toString('base64').slice(3),
    hex,
    hex.toUpperCase(),
    reversed,
  ];
}

/** A search for secrets: the place where a text holds one, or a part of one. Made once, it searches many texts. */
export type LeakSearch = (text: string) => string | undefined;

export function leakSearch(secrets: Iterable<string>, forms = formsOf): LeakSearch {
  const windows = new Set<string>();
  for (const secret of secrets) {
    for (const form of forms(secret)) {
      for (let start = 0; start + WINDOW <= form.length; start += 1) windows.add(form.slice(start, start + WINDOW));
    }
  }
  return (text) => {
    for (let start = 0; start + WINDOW <= text.length; start += 1) {
      if (windows.has(text.slice(start, start + WINDOW))) return text.slice(Math.max(0, start - 60), start + 60);
    }
    return undefined;
  };
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
