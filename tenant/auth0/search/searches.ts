import type { Json, JsonObject } from '../../../contract/contract.js';
import { OutsideContract } from '../../answer/outside-contract.js';
import { Refusal } from '../../answer/refusal.js';
import type { Search } from '../../provider.js';
import type { Entity } from '../../store/entity.js';
import type { Store } from '../../store/store.js';
import { derivedHooks, identitiesOf } from '../values.js';
import { type Indexed, matchesQuery, valuesAt } from './match-query.js';
import { type Condition, parseQuery, type Query, QueryFault } from './parse-query.js';

/** Fields of users that are compared without regard to case (documented). */
const WITHOUT_CASE: ReadonlySet<string> = new Set(['email', 'name', 'given_name', 'family_name', 'nickname']);

/** The only field of clients that can be searched: of the grants of the client (documented). */
const GRANT_FIELDS = ['client_grant.organization_id', 'client_grant.allow_any_organization'];

/** The searches that the contract names. */
export const searches: Readonly<Record<string, Search>> = {
  users: (text, store) =>
    refusable(() => {
      const query = parseQuery(text);
      return ({ entity }) => matchesQuery(query, indexedUser(entity, store));
    }),
  clients: (text, store) =>
    refusable(() => {
      const query = parseQuery(text);
      checkFields(query, text);
      return ({ entity }) => matchesQuery(query, indexedClient(entity, store));
    }),
};

/** What the contract leaves out of the language must not be refused in the service's voice. */
function refusable(search: () => ReturnType<Search>): ReturnType<Search> {
  try {
    return search();
  } catch (error) {
    if (!(error instanceof QueryFault)) throw error;
    const reason = `'Invalid query: ${error.message}'.`;
    if (error.kind === 'invalid') return new Refusal({ kind: 'invalid', part: 'query' }, { reason }, error.message);
    return new OutsideContract('query', `search syntax ${error.message}`, `'Unsupported: ${error.message}'.`);
  }
}

function indexedUser(user: Entity, store: Store): Indexed {
  const { properties } = user;
  const indexed: JsonObject = {
    ...properties,
    identities: properties.identities ?? identitiesOf(properties),
    picture: properties.picture ?? derivedHooks['user-picture']?.(properties) ?? '',
  };
  const { user_metadata: _, ...others } = indexed;
  return {
    valuesOf: (field) => derivedValues(field, user, store) ?? valuesAt(indexed, field.split('.')),
    all: () => valuesAt(others, []),
    ignoresCase: (field) => WITHOUT_CASE.has(field) || field === 'email.domain',
  };
}

/** Fields that no property holds. */
function derivedValues(field: string, user: Entity, store: Store): readonly Json[] | undefined {
  const { email } = user.properties;
  if (field === 'email.domain') return typeof email === 'string' ? [email.slice(email.lastIndexOf('@') + 1)] : [];
  if (field !== 'organization_id') return undefined;
  const memberships = store.tuples('organization-members').where(new Map([['user', user]]));
  return keysOf(memberships, 'organization');
}

function keysOf(tuples: Iterable<{ readonly members: readonly Entity[] }>, resource: string): readonly Json[] {
  return [...tuples].flatMap(({ members }) =>
    members.flatMap((member) => (member.resource === resource ? (member.properties.id ?? []) : [])),
  );
}

function indexedClient(client: Entity, store: Store): Indexed {
  const grants = store.table('client-grant').referring('client_id', String(client.properties.client_id));
  return {
    valuesOf: (field) =>
      grants.flatMap((grant) =>
        field === GRANT_FIELDS[0]
          ? keysOf(store.tuples('organization-client-grants').where(new Map([['client-grant', grant]])), 'organization')
          : (grant.properties.allow_any_organization ?? []),
      ),
    all: () => [],
    ignoresCase: () => false,
  };
}

/** The service permits a few queries only; what it says to others is not known. */
function checkFields(query: Query, text: string): void {
  for (const { field } of conditionsOf(query)) {
    if (field !== undefined && GRANT_FIELDS.includes(field)) continue;
    const what = field === undefined ? 'a term without a field' : `the field "${field}"`;
    throw new QueryFault('unsupported', what, field === undefined ? 0 : Math.max(0, text.indexOf(field)));
  }
}

function conditionsOf(query: Query): readonly Condition[] {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.parts.flatMap(conditionsOf);
    case 'not':
      return conditionsOf(query.part);
    default:
      return [query];
  }
}
