import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { DeployExport } from './read-export.js';

/** A state, and what of an export is not in it. */
export interface ImportedState {
  readonly state: Readonly<Record<string, readonly Json[]>>;
  /** Sentences. */
  readonly notes: readonly string[];
}

type Lists = Record<string, JsonObject[]>;

/** What the conversion of each kind of item needs. */
interface Converting {
  readonly lists: Lists;
  readonly notes: string[];
  readonly export: DeployExport;
  /** Exports name clients and connections by their names. */
  readonly clientIds: ReadonlyMap<string, string>;
  readonly connectionIds: ReadonlyMap<string, string>;
}

/**
 * Converts an export into a state. Exports leave ids out: each item gets one that follows from its name, so that two
 * tenants with the same export have the same ids.
 */
export function stateOfExport(exported: DeployExport): ImportedState {
  const connections = [...(exported.connections ?? []), ...(exported.databases ?? [])];
  const converting: Converting = {
    lists: {},
    notes: [],
    export: exported,
    clientIds: idsOf(exported.clients ?? [], 'client_id', (name) => hashed('client', name, 32)),
    connectionIds: idsOf(connections, 'id', (name) => `con_${hashed('connection', name, 16)}`),
  };
  for (const [kind, items] of Object.entries(exported)) {
    const convert = CONVERSIONS[kind];
    if (convert !== undefined) for (const item of items) convert(item, converting);
    else if (items.length > 0) converting.notes.push(`${kind}: not imported, since the contract does not have them`);
  }
  noteSecrets(converting);
  return { state: converting.lists, notes: converting.notes };
}

const CONVERSIONS: Readonly<Record<string, (item: JsonObject, converting: Converting) => void>> = {
  clients: (item, { lists, clientIds }) => add(lists, 'clients', { ...item, client_id: idOf(clientIds, item.name) }),
  resourceServers: (item, { lists }) => add(lists, 'resource-servers', item),
  connections: convertConnection,
  databases: (item, converting) => convertConnection({ strategy: 'auth0', ...item }, converting),
  roles: convertRole,
  clientGrants: convertGrant,
  organizations: convertOrganization,
};

function convertConnection(item: JsonObject, { lists, notes, clientIds, connectionIds }: Converting): void {
  const { enabled_clients: clients, options = {}, ...others } = item;
  const { customScripts, ...kept } = isObject(options) ? options : {};
  if (customScripts !== undefined) notes.push(`connection "${String(item.name)}": its scripts are not imported`);
  add(lists, 'connections', {
    ...others,
    id: idOf(connectionIds, item.name),
    ...(Object.keys(kept).length > 0 ? { options: kept } : {}),
    ...(Array.isArray(clients)
      ? { enabled_clients: (clients as readonly Json[]).map((name) => idOf(clientIds, name)) }
      : {}),
  });
}

function convertRole(item: JsonObject, { lists }: Converting): void {
  const { permissions, ...role } = item;
  add(lists, 'roles', role);
  for (const permission of objectsIn(permissions)) {
    const { resource_server_identifier: api = null, permission_name: name = null } = permission;
    add(lists, 'role-permissions', {
      role: item.name ?? null,
      permission: { resource_server_identifier: api, permission_name: name },
    });
  }
}

function convertGrant(item: JsonObject, { lists, clientIds, export: { resourceServers = [] } }: Converting): void {
  const { audience, ...others } = item;
  const client = idOf(clientIds, item.client_id);
  // The management API of the exported tenant is that of this one, under another audience.
  const isOwn = !resourceServers.some(({ identifier }) => identifier === audience) && isManagementApi(audience);
  add(lists, 'client-grants', {
    ...others,
    ...(isOwn || audience === undefined ? {} : { audience }),
    client_id: client,
    id: grantId(client, audience),
  });
}

function convertOrganization(item: JsonObject, converting: Converting): void {
  const { lists, clientIds, connectionIds } = converting;
  const { connections, client_grants: grants, discovery_domains: domains, clients, ...organization } = item;
  const id = typeof item.id === 'string' ? item.id : `org_${hashed('organization', String(item.name), 16)}`;
  add(lists, 'organizations', { ...organization, id });
  for (const { name, connection_id, ...link } of objectsIn(connections)) {
    const connection = connection_id ?? idOf(connectionIds, name);
    add(lists, 'organization-connections', { ...link, organization_id: id, connection_id: connection });
  }
  for (const grant of objectsIn(grants)) {
    for (const granted of grantsOf(grant, converting)) {
      add(lists, 'organization-client-grants', { organization: id, 'client-grant': granted });
    }
  }
  // The host and the text to verify a domain with belong to the exported organization.
  for (const { verification_host: _host, verification_txt: _text, ...domain } of objectsIn(domains)) {
    add(lists, 'discovery-domains', { ...domain, organization_id: id });
  }
  for (const { client_id: client, name, ...link } of objectsIn(clients)) {
    add(lists, 'organization-clients', { ...link, organization: id, client: idOf(clientIds, client ?? name) });
  }
}

/** The ids of the client grants that an organization names by their client, and by their API if it has several. */
function grantsOf(grant: JsonObject, { clientIds, export: { clientGrants = [] } }: Converting): readonly string[] {
  return clientGrants
    .filter(
      ({ client_id: client, audience }) =>
        client === grant.client_id && (grant.audience === undefined || grant.audience === audience),
    )
    .map(({ client_id: client, audience }) => grantId(idOf(clientIds, client), audience));
}

function grantId(client: Json, audience: Json | undefined): string {
  return `cgr_${hashed('client-grant', `${String(client)} ${String(audience)}`, 16)}`;
}

function isManagementApi(audience: Json | undefined): boolean {
  return typeof audience === 'string' && /^https:\/\/[^/]+\/api\/v2\/$/.test(audience);
}

function noteSecrets({ export: exported, notes }: Converting): void {
  const clients = (exported.clients ?? []).filter(({ client_secret: secret }) => secret === undefined);
  if (clients.length > 0) notes.push(`clients: exports have no secrets; each client gets a new one`);
  const places = Object.entries(exported).flatMap(([kind, items]) =>
    items.filter((item) => /##\w+##|@@\w+@@/.test(JSON.stringify(item))).map(({ name }) => `${kind} "${String(name)}"`),
  );
  for (const place of places) notes.push(`${place}: has a placeholder (##NAME## or @@NAME@@), which stays as it is`);
}

/** Name → id: the exported one, if the export has ids. */
function idsOf(
  items: readonly JsonObject[],
  key: string,
  idFor: (name: string) => string,
): ReadonlyMap<string, string> {
  return new Map(
    items.map((item) => {
      const [name, id] = [String(item.name), item[key]];
      return [name, typeof id === 'string' ? id : idFor(name)];
    }),
  );
}

/** The id of the item with this name; a value that names none may be an id itself. */
function idOf(ids: ReadonlyMap<string, string>, name: Json | undefined): Json {
  return typeof name === 'string' ? (ids.get(name) ?? name) : (name ?? null);
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function hashed(kind: string, name: string, length: number): string {
  const bytes = createHash('sha256').update(`${kind}\0${name}`).digest();
  return [...bytes.subarray(0, length)].map((byte) => ALPHANUMERIC[byte % ALPHANUMERIC.length]).join('');
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
}

function add(lists: Lists, list: string, item: JsonObject): void {
  lists[list] ??= [];
  lists[list].push(item);
}
