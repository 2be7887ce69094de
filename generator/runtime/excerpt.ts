/** The request of a response, for error messages. */
interface Origin {
  /** Method and URL, without the query. */
  readonly what: string;
  /** What was sent to authenticate; it is masked. */
  readonly secrets: Secrets;
}

/** Texts that errors must not show. */
export type Secrets = readonly (string | undefined)[];

/** A result contains the response, but not its request: `unwrap` finds that here. */
export const origins: WeakMap<Response, Origin> = new WeakMap();

/** As much of a text as is searched for tokens: patterns overflow the stack on longer runs. */
const searched = 2 ** 16;

/**
 * The start of a text, at most 200 characters, with secrets, parts of them, and everything like a
 * JSON Web Token masked.
 */
export function excerpt(text: string, ...secrets: Secrets): string {
  const masked = secrets.reduce<string>((before, secret) => (secret ? before.replaceAll(secret, '***') : before), text);
  return (
    masked
      .slice(0, searched)
      // Match whole runs: a stricter pattern backtracks on long input.
      .replace(/[\w.-]{12,}/g, (run, start: number) => {
        // Half of a token would not be recognized.
        if (start && start + run.length === searched) return '';
        const parts = run.split('.');
        return (parts[2] !== undefined && parts.filter(({ length }) => length > 7)[1]) ||
          // Twelve characters in a row of a secret, since a server may answer with a part of it.
          [...run].some((_, at) => run[at + 11] && `${secrets}`.includes(run.slice(at, at + 12)))
          ? '***'
          : run;
      })
      // Enough to recognize the error page of a proxy.
      .slice(0, 200)
  );
}
