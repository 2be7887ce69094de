import { ParameterError } from './errors.js';
import type { BasicCredentials, SchemeCredentials } from './options.js';

/** How the credential of a security scheme is sent. */
export type Scheme = readonly [place: 'header' | 'query' | 'cookie', name: string] | readonly [place: 'basic'];

/** The security requirements of an operation: for each alternative the names of schemes; empty for the token. */
export type Requirements = readonly (readonly string[])[];

/** What a request sends to authenticate, besides the token. */
export interface Authorization {
  readonly header: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly cookie: Readonly<Record<string, string>>;
  /** Whether the token is sent, too. */
  readonly token: boolean;
  /** Masked in errors. */
  readonly secrets: readonly string[];
}

export type Authorize = (
  requirements: Requirements,
  credentials: SchemeCredentials,
  hasToken: boolean,
) => Authorization;

/**
 * Chooses the first requirement for which all credentials are given, else the first one; then it sends those that are
 * given. Only clients of documents with such schemes contain this module.
 */
export function authorizer(schemes: Readonly<Record<string, Scheme>>): Authorize {
  return (requirements, credentials, hasToken) => {
    const isGiven = (name: string) => (name ? credentials[name] !== undefined : hasToken);
    const chosen = requirements.find((names) => names.every(isGiven)) ?? requirements[0] ?? [];
    const sent = { header: {}, query: {}, cookie: {} };
    const secrets: string[] = [];
    for (const name of chosen) {
      const scheme = schemes[name];
      const credential = credentials[name];
      if (!scheme || credential === undefined) continue;
      const [place, key] = scheme;
      if (place === 'basic') {
        // Its type is that of the scheme.
        const { username, password } = credential as BasicCredentials;
        const encoded = base64(`${username}:${password}`);
        Object.assign(sent.header, { authorization: `Basic ${encoded}` });
        secrets.push(password, encoded);
      } else {
        const value = String(credential);
        // The platform's error contains the value.
        if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
          throw new ParameterError(name, 'credentials', 'a value that a header can hold', '***');
        }
        Object.assign(sent[place], { [key]: value });
        secrets.push(value);
      }
    }
    // A token is better than nothing, although the document does not mention it here.
    return { ...sent, token: chosen.includes('') || secrets.length === 0, secrets };
  };
}

/** Of the UTF-8 bytes. @see RFC 7617, section 2.1 */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
