import type { Contract, Json } from '../../contract/contract.js';
import { entriesOf, objectOr } from '../../contract/json/json-value.js';
import { buildContract } from '../../contract/read/read.js';
import { type GivenHeaders, withoutHeaders } from './given-headers.js';
import type { Credentials } from './target.js';

/** What a user gives with a URL. */
interface Given {
  readonly headers: GivenHeaders;
  readonly credentials: Pick<Credentials, 'scheme'>;
}

/** A contract as it holds for what the user gives: headers with every request, and the word before the token. */
export function contractFor(contract: Contract, { headers, credentials }: Given): Contract {
  return withSchemeHeader(withoutHeaders(contract, headers), credentials.scheme);
}

/** Authentication schemes that documents take for the name of a header. @see RFC 9110, section 11.1 */
const SCHEMES: ReadonlySet<string> = new Set(['basic', 'bearer', 'jwt', 'token']);

/**
 * Whether a key in a header of this name is more likely a token in the `Authorization` header: a document with
 * `{type: apiKey, in: header, name: Token}` may mean `Authorization: Token abc`.
 */
export function isSchemeName(name: string): boolean {
  return SCHEMES.has(name.toLowerCase());
}

/**
 * A contract whose keys in a header named after an authentication scheme go into the `Authorization` header, where the
 * user puts that word before the token.
 */
function withSchemeHeader(contract: Contract, word: string | undefined): Contract {
  if (word === undefined || !isSchemeName(word)) return contract;
  const { document } = contract;
  const components = objectOr(document.components);
  const schemes = entriesOf(components.securitySchemes).map(([id, value]) => {
    const scheme = contract.resolve(objectOr(value));
    const { type, in: place, name } = scheme;
    const isKey = type === 'apiKey' && place === 'header' && typeof name === 'string';
    return { id, value, scheme, header: isKey ? name : '' };
  });
  if (!schemes.some(({ header }) => header.toLowerCase() === word.toLowerCase())) return contract;
  const securitySchemes = Object.fromEntries(
    schemes.map(({ id, value, scheme, header }): [string, Json] => [
      id,
      isSchemeName(header) ? { ...scheme, name: 'Authorization' } : value,
    ]),
  );
  return buildContract({ ...document, components: { ...components, securitySchemes } });
}
