import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type {
  CreateHook,
  CreateHookContext,
  DerivedHook,
  ImpliedProperties,
  StateCheck,
  ViewHook,
} from '../provider.js';
import { randomText } from '../random.js';
import type { Origin } from '../view/view-item.js';

/** The scopes that reveal a client's secret: those that the contract's descriptions name, and those that set it. */
const SECRET_SCOPES = [
  'read:client_keys',
  'read:client_credentials',
  'create:clients',
  'update:client_keys',
  'update:client_credentials',
];

/** An invitation is valid for 7 days unless the request says otherwise (documented). */
const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;

/** The name of this tenant, as groups show it. */
const TENANT_NAME = 'rolecall';

/** Values that Auth0 generates when an item is created, by the hook names of the contract. */
export const createHooks: Readonly<Record<string, CreateHook>> = {
  'user-nickname': ({ given, properties }) => given ?? emailOf(properties).split('@')[0],
  'api-signing-secret': ({ given, random }) => given ?? randomText('alnum', 32, random),
  'client-secret': ({ given, random }) => given ?? randomText('alnum', 64, random),
  'client-authentication-methods': withCredentialIds,
  'connection-realms': ({ given, properties }) => given ?? [properties.name ?? ''],
  'credential-algorithm': ({ given, properties }) =>
    given ?? (properties.credential_type === 'public_key' ? 'RS256' : undefined),
  'credential-kid': ({ given, properties, random }) =>
    given ?? (properties.credential_type === 'public_key' ? randomText('alnum', 43, random) : undefined),
  'discovery-domain-host': ({ properties }) =>
    `_ss-verification.${String(properties.organization_id)}.${String(properties.domain)}`,
  'discovery-domain-text': ({ random }) => randomText('hex', 32, random),
  'tenant-name': ({ given }) => given ?? TENANT_NAME,
  'invitation-expiry': ({ now }) => new Date(Date.parse(now) + INVITATION_MS).toISOString(),
};

/** Values that follow from the other properties of an item, until it is updated. */
export const derivedHooks: Readonly<Record<string, DerivedHook>> = {
  'user-picture': (properties) => pictureFor(emailOf(properties)),
};

/** Values that Auth0 computes each time it returns an item. */
export const viewHooks: Readonly<Record<string, ViewHook>> = {
  // Shown for HS256 only (recorded).
  'api-signing-secret': ({ entity }, kept) => (entity.properties.signing_alg === 'HS256' ? kept : undefined),
  'user-identities': ({ entity }, kept) => kept ?? identitiesOf(entity.properties),
  // The former name shows what the new one has (recorded).
  'backchannel-logout': ({ entity }, kept) => {
    const { oidc_logout: logout } = entity.properties;
    return isObject(logout) && logout.backchannel_logout_urls !== undefined
      ? { backchannel_logout_urls: logout.backchannel_logout_urls }
      : kept;
  },
  'client-secret': (_, kept, caller) => (SECRET_SCOPES.some((scope) => caller?.scopes.has(scope)) ? kept : undefined),
  'effective-permission-sources': ({ origins }) => sourcesOf(origins, 'role', 'roles'),
  'effective-role-sources': ({ origins }) => sourcesOf(origins, 'group', 'groups'),
  'empty-text': (_, stored) => stored ?? '',
  'group-member-type': () => 'user',
  'invitation-url': ({ entity, bound }) => {
    const { ticket_id: ticket = '' } = entity.properties;
    const { id = '', name = '' } = bound.get('organization')?.properties ?? {};
    const query = new URLSearchParams({
      invitation: String(ticket),
      organization: String(id),
      organization_name: String(name),
    });
    return `https://login.example/login?${query}`;
  },
  'permission-sources': ({ origins }) =>
    origins.map((origin) => {
      const role =
        origin.kind === 'direct' ? undefined : [...origin.members.values()].find(({ resource }) => resource === 'role');
      const { id = '', name = '' } = role?.properties ?? {};
      return { source_id: id, source_name: name, source_type: role === undefined ? 'DIRECT' : 'ROLE' };
    }),
};

/** Where an effective role or permission comes from: assigned directly, or through another resource. */
function sourcesOf(origins: readonly Origin[], through: string, name: string): Json {
  const sources = origins.map((origin) => (origin.kind === 'through' && origin.members.has(through) ? name : 'direct'));
  return [...new Set(sources)].sort();
}

/** Properties that follow from a generated value when a state sets that value itself. */
export const impliedProperties: Readonly<Record<string, ImpliedProperties>> = {
  // A user taken from an answer has its connection only in its first account.
  'user-identities': (given) => {
    const first: Json | undefined = Array.isArray(given) ? given[0] : undefined;
    return isObject(first) && first.connection !== undefined ? { connection: first.connection } : {};
  },
};

/** Values that a state may not set. */
export const stateChecks: Readonly<Record<string, StateCheck>> = {
  // With an empty secret, knowing the id would be enough to get tokens.
  'client-secret': (given) => (given === '' ? 'Expected a non-empty string.' : undefined),
};

/** The providers (prefixes of user ids) that are social networks. */
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

/** The picture of a user who has not set one, derived from the email address (recorded). */
function pictureFor(email: string): string {
  const hash = createHash('md5').update(email.trim().toLowerCase()).digest('hex');
  const fallback = encodeURIComponent(`https://cdn.auth0.com/avatars/${email.slice(0, 2).toLowerCase()}.png`);
  return `https://s.gravatar.com/avatar/${hash}?s=480&r=pg&d=${fallback}`;
}

/** A user has one account; the user id consists of its provider and its id there. */
export function identitiesOf({ user_id: id, connection }: JsonObject): Json {
  const [provider = '', ...rest] = String(id).split('|');
  return [{ connection: connection ?? '', user_id: rest.join('|'), provider, isSocial: SOCIAL.has(provider) }];
}

/** Each credential of a client gets an id, and its key is not returned (recorded). */
function withCredentialIds({ given, random, now }: CreateHookContext): Json | undefined {
  if (!isObject(given)) return undefined;
  return Object.fromEntries(
    Object.entries(given).map(([method, value]) => {
      const credentials = isObject(value) ? value.credentials : undefined;
      if (!isObject(value) || !Array.isArray(credentials)) return [method, value];
      return [method, { ...value, credentials: credentials.map((each) => withId(each as Json, random, now)) }];
    }),
  );
}

function withId(credential: Json, random: CreateHookContext['random'], now: string): Json {
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
