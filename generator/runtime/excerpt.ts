/** The request of a response, for error messages. */
interface Origin {
  /** Method and URL, without the query. */
  readonly what: string;
  /** The token that was sent; it is masked. */
  readonly token?: string | undefined;
}

/** A result contains the response, but not its request: `unwrap` finds that here. */
const origins = new WeakMap<Response, Origin>();

export function rememberOrigin(response: Response, origin: Origin): void {
  origins.set(response, origin);
}

export function originOf(response: Response): Origin | undefined {
  return origins.get(response);
}

/** The start of a text, at most 200 characters, with the secret and everything like a JSON Web Token masked. */
export function excerpt(text: string, secret?: string): string {
  return (
    (secret ? text.replaceAll(secret, '***') : text)
      // Match whole runs: a stricter pattern backtracks on long input.
      .replace(/[\w.-]{18,}/g, (run) => {
        const parts = run.split('.');
        return parts[2] !== undefined && parts.filter(({ length }) => length > 7)[1] ? '***' : run;
      })
      // Enough to recognize the error page of a proxy.
      .slice(0, 200)
  );
}
