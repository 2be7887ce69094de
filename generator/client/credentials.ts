import type { Contract, JsonObject, Operation, SecurityAlternative } from '../../contract/contract.js';
import { stringOr } from '../../contract/json/json-value.js';
import { securitySchemeNames, securitySchemeOf } from '../../contract/security-schemes.js';
import type { Scheme } from '../runtime/authorize.js';
import { requirementsOf } from './security.js';

/** What a security scheme requires, and how a request carries it. */
export interface Credential {
  /** The name of the scheme. */
  readonly name: string;
  /** `an API key in the header "X-Api-Key"`; empty for a bearer token, the only credential that the client sends. */
  readonly words: string;
  /** Whether the scheme is deprecated. @see OpenAPI 3.2, section 4.27 */
  readonly deprecated: boolean;
  /** How the client sends it; undefined for tokens, and for what it cannot send. */
  readonly scheme?: Scheme;
  /** What samples call the value: `ACCESS_TOKEN`, or `x-placeholder` of the scheme. */
  readonly placeholder: string;
  /** The header that carries it, and what precedes the value there: `Bearer `. */
  readonly header?: readonly [name: string, before: string];
  /** The query parameter that carries it. */
  readonly query?: string;
  /** The option of curl that sends it, with placeholders that a colon joins. */
  readonly option?: readonly [option: string, ...placeholders: string[]];
}

/**
 * The credentials of an operation: of the first security requirement that a bearer token satisfies, else of the first
 * one. Empty if the operation needs none.
 */
export function credentialsOf(contract: Contract, { security }: Pick<Operation, 'security'>): readonly Credential[] {
  const requirements = security.map((alternative) => credentialsFor(contract, alternative));
  return requirements.find((credentials) => credentials.every(({ words }) => words === '')) ?? requirements[0] ?? [];
}

/** What each security requirement asks for, without repetitions; a token where all schemes are tokens. */
function alternativesOf(contract: Contract, operation: Operation): readonly (readonly Credential[])[] {
  // Without security for the contract, credentials are optional or not needed.
  const requirements = operation.security.length === 0 ? [] : (requirementsOf(contract, operation) ?? []);
  const alternatives = requirements.map((names) => names.map((name) => credentialFor(contract, name)));
  return [...new Map(alternatives.map((credentials) => [inWords(credentials), credentials])).values()];
}

/** `a token and an API key in the header `X-Api-Key`` */
function inWords(credentials: readonly Credential[]): string {
  return [...new Set(credentials.map(({ words }) => words || 'a token'))].join(' and ');
}

/**
 * A sentence or two if the operation requires other credentials than a token, or takes them instead; empty for a token
 * alone.
 */
export function foreignCredentialsInWords(contract: Contract, operation: Operation): string {
  const alternatives = alternativesOf(contract, operation);
  const foreign = [...new Map(alternatives.flat().map((one) => [one.words, one])).values()].filter(
    ({ words }) => words !== '',
  );
  if (foreign.length === 0) return '';
  const [sent, others] = [true, false].map((isSent) =>
    foreign.filter(({ scheme }) => (scheme !== undefined) === isSent),
  );
  const required =
    alternatives.length > 1
      ? `Requires one of: ${alternatives.map(inWords).join('; ')}.`
      : `Requires ${foreign.map(({ words }) => words).join(' and ')}.`;
  return [
    required,
    ...(sent?.length
      ? [
          `Pass ${sent.map(({ name }) => `\`${name}\``).join(alternatives.length > 1 ? ' or ' : ' and ')} in \`credentials\` of \`createClient\`.`,
        ]
      : []),
    ...(others?.length ? [`The client does not send ${others.map(({ words }) => words).join(' and ')} itself.`] : []),
    ...foreign.filter(({ deprecated }) => deprecated).map(({ name }) => `\`${name}\` is deprecated.`),
  ].join(' ');
}

/** A security scheme whose credential the client sends. */
export interface SentScheme {
  readonly name: string;
  readonly scheme: Scheme;
  readonly words: string;
  readonly deprecated: boolean;
}

/** The schemes of all operations whose credentials the client sends, apart from tokens. */
export function sentSchemes(contract: Contract): readonly SentScheme[] {
  const names = new Set(contract.operations.flatMap((operation) => (requirementsOf(contract, operation) ?? []).flat()));
  return [...names].flatMap((name) => {
    const { scheme, words, deprecated } = credentialFor(contract, name);
    return scheme === undefined ? [] : [{ name, scheme, words, deprecated }];
  });
}

/**
 * The security requirements of an operation for the client: names of schemes, empty for the token, without credentials
 * that the client cannot send. Undefined if it sends nothing but the token.
 */
export function sentRequirements(contract: Contract, operation: Operation): readonly (readonly string[])[] | undefined {
  const requirements = (requirementsOf(contract, operation) ?? []).map((names) =>
    names.flatMap((name) => {
      const { scheme, words } = credentialFor(contract, name);
      if (scheme !== undefined) return [name];
      return words === '' ? [''] : [];
    }),
  );
  return requirements.flat().some((name) => name !== '') ? requirements : undefined;
}

function credentialsFor(contract: Contract, { pointer, scheme }: SecurityAlternative): readonly Credential[] {
  // Names are joined by a plus sign, which a name may also contain.
  const isName = pointer !== '' && securitySchemeNames(contract).includes(scheme);
  const names = isName ? [scheme] : scheme.split('+');
  return names.map((name) => credentialFor(contract, name));
}

/** What a security scheme requires. One that the document lacks is a bearer token. */
export function credentialFor(contract: Contract, name: string): Credential {
  const declared = securitySchemeOf(contract, name);
  const kind = declared.type === 'http' ? `http ${stringOr(declared.scheme).toLowerCase()}` : stringOr(declared.type);
  const own = declared['x-placeholder'];
  return {
    name,
    deprecated: declared.deprecated === true,
    ...(kinds[kind]?.(declared) ?? bearer),
    ...(typeof own === 'string' ? { placeholder: own } : {}),
  };
}

type Kind = Omit<Credential, 'name' | 'deprecated'>;

const bearer: Kind = {
  words: '',
  placeholder: 'ACCESS_TOKEN',
  header: ['Authorization', 'Bearer '],
};

/** By type, and by scheme for `http`. Any other kind is sent as a bearer token. @see OpenAPI 3.1, section 4.8.27 */
const kinds: Readonly<Record<string, (declared: JsonObject) => Kind>> = {
  apiKey: (declared) => {
    const name = stringOr(declared.name);
    const where = stringOr(declared.in);
    const words = `an API key in the ${where === 'query' ? 'query parameter' : where} \`${name}\``;
    const placeholder = 'API_KEY';
    if (where === 'query') return { words, placeholder, scheme: ['query', name], query: name };
    return {
      words,
      placeholder,
      scheme: [where === 'cookie' ? 'cookie' : 'header', name],
      header: where === 'cookie' ? ['Cookie', `${name}=`] : [name, ''],
    };
  },
  'http basic': () => ({
    words: 'a user name and a password (`Authorization: Basic`)',
    scheme: ['basic'],
    placeholder: 'BASIC_CREDENTIALS',
    header: ['Authorization', 'Basic '],
    option: ['--user', 'YOUR_USERNAME', 'YOUR_PASSWORD'],
  }),
  'http digest': () => ({
    words: 'a user name and a password (`Authorization: Digest`)',
    placeholder: 'DIGEST_CREDENTIALS',
    option: ['--digest --user', 'YOUR_USERNAME', 'YOUR_PASSWORD'],
  }),
  mutualTLS: () => ({
    words: 'a client certificate (mutual TLS)',
    placeholder: 'CLIENT_CERTIFICATE',
    option: ['--cert', 'CLIENT_CERTIFICATE'],
  }),
};
