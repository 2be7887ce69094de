/** What an answer was to, and the token that its request had: for the messages of errors. */
interface Origin {
  /** Method and URL, without the query. */
  readonly what: string;
  readonly token?: string | undefined;
}

/** A result holds the response and nothing of its request: `unwrap` looks here. */
const origins = new WeakMap<Response, Origin>();

export function rememberOrigin(response: Response, origin: Origin): void {
  origins.set(response, origin);
}

export function originOf(response: Response): Origin | undefined {
  return origins.get(response);
}

/** How a text begins, at most 200 characters, without the secret, nor what looks like a JSON Web Token. */
export function excerpt(text: string, secret?: string): string {
  return (
    (secret ? text.replaceAll(secret, '***') : text)
      // By whole runs: a pattern that says more of them would take for ever over a long one.
      .replace(/[\w.-]{18,}/g, (run) => {
        const parts = run.split('.');
        return parts[2] !== undefined && parts.filter(({ length }) => length > 7)[1] ? '***' : run;
      })
      // Enough to recognise the page of a proxy.
      .slice(0, 200)
  );
}
