import { ParameterError } from './errors.js';
import type { BasicCredentials } from './options.js';
import type { Access } from './route.js';

/** How the credential of a security scheme is sent. */
export type Scheme = readonly [place: 'header' | 'query' | 'cookie', name: string] | readonly [place: 'basic'];

/** The security requirements of an operation: for each alternative the names of schemes; empty for the token. */
export type Requirements = readonly (readonly string[])[];

/**
 * Chooses the first requirement for which all credentials are given, else the first one; then it sends those that are
 * given. Only clients of documents with such schemes contain this module.
 */
export function authorizer(schemes: Readonly<Record<string, Scheme>>): (...requirements: Requirements) => Access {
  return (...requirements) =>
    ({ headers, query, secrets }, { token, credentials = {} }) => {
      const isGiven = (name: string) => (name ? credentials[name] : token) !== undefined;
      const chosen = requirements.find((names) => names.every(isGiven)) ?? requirements[0] ?? [];
      for (const name of chosen) {
        const scheme = schemes[name];
        const credential = credentials[name];
        if (!scheme || credential === undefined) continue;
        const [place, key = ''] = scheme;
        if (place === 'basic') {
          // Its type is that of the scheme.
          const { username, password } = credential as BasicCredentials;
          const encoded = base64(`${username}:${password}`);
          headers.authorization ??= `Basic ${encoded}`;
          secrets.push(password, encoded);
        } else {
          const value = String(credential);
          // The platform's error contains the value.
          if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
            throw new ParameterError(name, 'credentials', 'a value that a header can hold', '***');
          }
          const pair = `${key}=${encodeURIComponent(value)}`;
          if (place === 'header') headers[key] ??= value;
          else if (place === 'query') query.push(`${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
          else headers.cookie = headers.cookie ? `${headers.cookie}; ${pair}` : pair;
          secrets.push(value, encodeURIComponent(value));
        }
      }
      // A token is better than nothing, although the document does not mention it here.
      return chosen.includes('') || !secrets.length;
    };
}

/** Of the UTF-8 bytes. @see RFC 7617, section 2.1 */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
