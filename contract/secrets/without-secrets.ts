import { isSecretName } from './secret-name.js';
import { tokenSpans } from './token-spans.js';

/** What is shown instead of a secret. */
const HIDDEN = '***';
/** Names that are secret in a query: a bare token too. */
const QUERY_NAME = /token$|^(code|jwt|sig|signature)$/i;

/** A query with `***` for the values of parameters with a secret's name: `page=1&client_secret=***`. */
export function queryWithoutSecrets(query: string): string {
  return query
    .split('&')
    .map((pair) => {
      const name = pair.split('=', 1)[0] ?? '';
      const isSecret = pair.length > name.length + 1 && isSecretParameter(decoded(name));
      return isSecret ? `${name}=${HIDDEN}` : pair;
    })
    .join('&');
}

/** A text with `***` for JSON Web Tokens. */
export function withoutTokens(text: string): string {
  return tokenSpans(text).reduceRight((rest, { begin, end }) => rest.slice(0, begin) + HIDDEN + rest.slice(end), text);
}

function isSecretParameter(name: string): boolean {
  return isSecretName(name) || QUERY_NAME.test(name);
}

/** As it is where it is not valid percent-encoding. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' ')).trim();
  } catch {
    return name;
  }
}
