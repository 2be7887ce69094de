import type { Contract, JsonObject, Operation, SecurityAlternative } from '../../contract/contract.js';
import { objectOr, stringOr } from '../../contract/load/source.js';

/** What a security scheme requires, and how a request carries it. */
export interface Credential {
  /** `an API key in the header "X-Api-Key"`; empty for a bearer token, the only credential that the client sends. */
  readonly words: string;
  /** The header that carries it. The value refers to shell variables. */
  readonly header?: readonly [name: string, value: string];
  /** The query parameter that carries it. */
  readonly query?: string;
  /** The option of curl, if it is neither a header nor a query parameter. */
  readonly option?: string;
}

/**
 * The credentials of an operation: of the first security requirement that a bearer token satisfies, else of the first
 * one. Empty if the operation needs none.
 */
export function credentialsOf(contract: Contract, { security }: Pick<Operation, 'security'>): readonly Credential[] {
  const requirements = security.map((alternative) => credentialsFor(contract, alternative));
  return requirements.find((credentials) => credentials.every(({ words }) => words === '')) ?? requirements[0] ?? [];
}

/** A sentence or two if the operation requires credentials that the client does not send; empty for a bearer token. */
export function foreignCredentialsInWords(contract: Contract, operation: Operation): string {
  const foreign = credentialsOf(contract, operation).flatMap(({ words }) => (words === '' ? [] : [words]));
  if (foreign.length === 0) return '';
  return `Requires ${foreign.join(' and ')}. The client does not send that itself: it sends its \`token\` as \`Authorization: Bearer\` only.`;
}

function credentialsFor({ document }: Contract, { pointer, scheme }: SecurityAlternative): readonly Credential[] {
  const schemes = objectOr(objectOr(document.components).securitySchemes);
  // Names are joined by a plus sign, which a name may also contain.
  const names = pointer !== '' && scheme in schemes ? [scheme] : scheme.split('+');
  return names.map((name) => {
    const declared = objectOr(schemes[name]);
    const kind = declared.type === 'http' ? `http ${stringOr(declared.scheme).toLowerCase()}` : stringOr(declared.type);
    return kinds[kind]?.(declared) ?? bearer;
  });
}

const bearer: Credential = { words: '', header: ['Authorization', 'Bearer $TOKEN'] };

/** By type, and by scheme for `http`. Any other kind is sent as a bearer token. @see OpenAPI 3.1, section 4.8.27 */
const kinds: Readonly<Record<string, (declared: JsonObject) => Credential>> = {
  apiKey: (declared) => {
    const name = stringOr(declared.name);
    const where = stringOr(declared.in);
    const words = `an API key in the ${where === 'query' ? 'query parameter' : where} \`${name}\``;
    if (where === 'query') return { words, query: name };
    return {
      words,
      header: where === 'cookie' ? ['Cookie', `${name.replaceAll(/["$`\\]/g, '\\$&')}=$API_KEY`] : [name, '$API_KEY'],
    };
  },
  'http basic': () => ({
    words: 'a user name and a password (`Authorization: Basic`)',
    option: '--user "$USERNAME:$PASSWORD"',
  }),
  'http digest': () => ({
    words: 'a user name and a password (`Authorization: Digest`)',
    option: '--digest --user "$USERNAME:$PASSWORD"',
  }),
  mutualTLS: () => ({ words: 'a client certificate (mutual TLS)', option: '--cert "$CERTIFICATE"' }),
};
