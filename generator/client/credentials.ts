import type { Contract, JsonObject, Operation, SecurityAlternative } from '../../contract/contract.js';
import { objectOr, stringOr } from '../../contract/load/source.js';

/** What a security scheme asks for, and how a request has it. */
export interface Credential {
  /** `an API key in the header "X-Api-Key"`; empty for a bearer token, the one thing that the client sends by itself. */
  readonly words: string;
  /** The header with it, where it is one: its value names variables as a shell does. */
  readonly header?: readonly [name: string, value: string];
  /** The query parameter with it. */
  readonly query?: string;
  /** The option of curl for what is neither. */
  readonly option?: string;
}

/**
 * What an operation is called with: that of the first way in which a bearer token is enough, else of the first way;
 * nothing where it asks for none.
 */
export function credentialsOf(contract: Contract, { security }: Pick<Operation, 'security'>): readonly Credential[] {
  const ways = security.map((alternative) => credentialsFor(contract, alternative));
  return ways.find((way) => way.every(({ words }) => words === '')) ?? ways[0] ?? [];
}

/** A sentence or two where the operation asks for what the client does not send by itself; empty for a bearer token. */
export function foreignCredentialsInWords(contract: Contract, operation: Operation): string {
  const foreign = credentialsOf(contract, operation).flatMap(({ words }) => (words === '' ? [] : [words]));
  if (foreign.length === 0) return '';
  return `It asks for ${foreign.join(' and ')}. The client does not send that by itself: its \`token\` goes as \`Authorization: Bearer\` only.`;
}

function credentialsFor({ document }: Contract, { pointer, scheme }: SecurityAlternative): readonly Credential[] {
  const schemes = objectOr(objectOr(document.components).securitySchemes);
  // Names are joined by a plus sign, which a name may have itself.
  const names = pointer !== '' && scheme in schemes ? [scheme] : scheme.split('+');
  return names.map((name) => {
    const declared = objectOr(schemes[name]);
    const kind = declared.type === 'http' ? `http ${stringOr(declared.scheme).toLowerCase()}` : stringOr(declared.type);
    return kinds[kind]?.(declared) ?? bearer;
  });
}

const bearer: Credential = { words: '', header: ['Authorization', 'Bearer $TOKEN'] };

/** By type, and by scheme for `http`; what is not here is sent as a bearer token. @see OpenAPI 3.1, section 4.8.27 */
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
  mutualTLS: () => ({ words: 'a certificate of the caller (mutual TLS)', option: '--cert "$CERTIFICATE"' }),
};
