import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../contract/contract.js';
import type { CreatedValue, ImpliedValues, Making, ShownValue } from '../provider.js';
import { randomText } from '../random.js';

/** The scopes with which a client's secret shows: those that the contract's descriptions name, and those that set it. */
const SECRET_SCOPES = [
  'read:client_keys',
  'read:client_credentials',
  'create:clients',
  'update:client_keys',
  'update:client_credentials',
];

/** Values of items that Auth0 makes in ways of its own, by the names of the contract's hooks. */
export const createdValues: Readonly<Record<string, CreatedValue>> = {
  'user-nickname': ({ given, properties }) => given ?? emailOf(properties).split('@')[0],
  'user-picture': ({ given, properties }) => given ?? pictureFor(emailOf(properties)),
  'client-secret': ({ given, random }) => given ?? randomText('alnum', 64, random),
  'client-authentication-methods': withCredentialIds,
};

/** Values that follow from others each time an item is shown. */
export const shownValues: Readonly<Record<string, ShownValue>> = {
  'user-identities': ({ entity }, kept) => kept ?? identitiesOf(entity.properties),
  'client-secret': (_, kept, caller) => (SECRET_SCOPES.some((scope) => caller?.scopes.has(scope)) ? kept : undefined),
  'permission-sources': ({ ways }) =>
    ways.map((way) => {
      const role =
        way.kind === 'direct' ? undefined : [...way.members.values()].find(({ resource }) => resource === 'role');
      const { id = '', name = '' } = role?.properties ?? {};
      return { source_id: id, source_name: name, source_type: role === undefined ? 'DIRECT' : 'ROLE' };
    }),
};

/** What an item of a state says by values that are made otherwise. */
export const impliedValues: Readonly<Record<string, ImpliedValues>> = {
  // A user as an answer shows one has no connection but that of the first account.
  'user-identities': (given) => {
    const first: Json | undefined = Array.isArray(given) ? given[0] : undefined;
    return isObject(first) && first.connection !== undefined ? { connection: first.connection } : {};
  },
};

/** Providers that are social networks, as ids of users begin with them. */
const SOCIAL: ReadonlySet<string> = new Set([
  'apple',
  'bitbucket',
  'facebook',
  'github',
  'google-oauth2',
  'linkedin',
  'oauth2',
  'twitter',
  'windowslive',
]);

function emailOf(properties: JsonObject): string {
  return typeof properties.email === 'string' ? properties.email : '';
}

/** A picture by the address, as recorded users without one of their own have it. */
function pictureFor(email: string): string {
  const hash = createHash('md5').update(email.trim().toLowerCase()).digest('hex');
  const fallback = encodeURIComponent(`https://cdn.auth0.com/avatars/${email.slice(0, 2).toLowerCase()}.png`);
  return `https://s.gravatar.com/avatar/${hash}?s=480&r=pg&d=${fallback}`;
}

/** The one account that a user has: its provider and its id there are the two parts of the user's id. */
function identitiesOf({ user_id: id, connection }: JsonObject): Json {
  const [provider = '', ...rest] = String(id).split('|');
  return [{ connection: connection ?? '', user_id: rest.join('|'), provider, isSocial: SOCIAL.has(provider) }];
}

/** Keys that a client authenticates by: each gets an id, and what it was made of is not shown again (recorded). */
function withCredentialIds({ given, random, now }: Making): Json | undefined {
  if (!isObject(given)) return undefined;
  return Object.fromEntries(
    Object.entries(given).map(([method, value]) => {
      const credentials = isObject(value) ? value.credentials : undefined;
      if (!isObject(value) || !Array.isArray(credentials)) return [method, value];
      return [method, { ...value, credentials: credentials.map((each) => withId(each as Json, random, now)) }];
    }),
  );
}

function withId(credential: Json, random: Making['random'], now: string): Json {
  if (!isObject(credential)) return credential;
  const { pem: _, ...shown } = credential;
  const kid = createHash('sha256')
    .update(String(credential.pem ?? ''))
    .digest('base64url');
  return {
    id: `cred_${randomText('alnum', 22, random)}`,
    alg: 'RS256',
    kid,
    ...shown,
    created_at: now,
    updated_at: now,
  };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
