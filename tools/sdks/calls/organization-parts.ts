import type { Fixtures } from '../fixtures.js';
import { FIRST } from '../state.js';
import { type CallTable, CHECKPOINT, PAGE } from './expectation.js';

/** What an organization has besides members: connections, client grants, clients, domains and invitations. */
export const ORGANIZATION_PART_CALLS: CallTable = {
  ...connectionCalls('enabled_connections', { assign_membership_on_login: true }, { show_as_button: false }),
  ...connectionCalls(
    'connections',
    { assign_membership_on_login: true, organization_connection_name: 'Staff', is_enabled: true },
    { is_enabled: false },
  ),
  'GET /organizations/{}/client-grants': async (fixtures) => {
    const [organization, grant] = [await fixtures.organization(), await fixtures.grant()];
    await fixtures.link(`/organizations/${organization}/client-grants`, { grant_id: grant.id });
    return [
      { path: [organization], returns: [grant.id] },
      { path: [organization], query: PAGE, returns: [grant.id] },
      { path: [organization], query: { client_id: grant.client }, returns: [grant.id] },
      { path: [organization], query: { audience: grant.audience }, returns: [grant.id] },
    ];
  },
  'POST /organizations/{}/client-grants': async (fixtures) => {
    const [organization, grant] = [await fixtures.organization(), await fixtures.grant()];
    const afterwards = { get: `/organizations/${organization}/client-grants`, has: [grant.id] };
    // Not the id: the service calls it `grant_id` here, and SDKs with types look for `id`.
    return [{ path: [organization], body: { grant_id: grant.id }, returns: [grant.client], afterwards }];
  },
  'DELETE /organizations/{}/client-grants/{}': async (fixtures) => {
    const [organization, grant] = [await fixtures.organization(), await fixtures.grant()];
    await fixtures.link(`/organizations/${organization}/client-grants`, { grant_id: grant.id });
    const afterwards = { get: `/organizations/${organization}/client-grants`, lacks: [grant.id] };
    return [{ path: [organization, grant.id], afterwards }];
  },
  'GET /organizations/{}/clients': async (fixtures) => {
    const { organization, client } = await organizationClient(fixtures);
    return [
      { path: [organization], returns: [client] },
      { path: [organization], query: CHECKPOINT, returns: [client] },
    ];
  },
  'POST /organizations/{}/clients': async (fixtures) => {
    const [organization, client] = [await fixtures.organization(), await fixtures.client()];
    const afterwards = { get: `/organizations/${organization}/clients`, has: [client] };
    return [{ path: [organization], body: { clients: [{ client_id: client }] }, returns: [client], afterwards }];
  },
  'DELETE /organizations/{}/clients': async (fixtures) => {
    const { organization, client } = await organizationClient(fixtures);
    const afterwards = { get: `/organizations/${organization}/clients`, lacks: [client] };
    return [{ path: [organization], body: { clients: [client] }, afterwards }];
  },
  'GET /organizations/{}/clients/{}': async (fixtures) => {
    const { organization, client } = await organizationClient(fixtures);
    return [{ path: [organization, client], returns: [client] }];
  },
  'PATCH /organizations/{}/clients/{}': async (fixtures) => {
    const { organization, client } = await organizationClient(fixtures);
    return [{ path: [organization, client], body: { use_for_member_access: true }, returns: [client, true] }];
  },
  'GET /organizations/{}/discovery-domains': async (fixtures) => {
    const { organization, domain } = await discoveryDomain(fixtures);
    return [
      { path: [organization], returns: [domain] },
      { path: [organization], query: CHECKPOINT, returns: [domain] },
    ];
  },
  'POST /organizations/{}/discovery-domains': async (fixtures) => {
    const [organization, domain] = [await fixtures.organization(), `${fixtures.word('new')}.example`];
    const afterwards = { get: `/organizations/${organization}/discovery-domains`, has: [domain] };
    return [{ path: [organization], body: { domain }, returns: [domain, 'pending'], afterwards }];
  },
  'GET /organizations/{}/discovery-domains/{}': async (fixtures) => {
    const { organization, domain, id } = await discoveryDomain(fixtures);
    return [{ path: [organization, id], returns: [id, domain] }];
  },
  'GET /organizations/{}/discovery-domains/name/{}': async (fixtures) => {
    const { organization, domain, id } = await discoveryDomain(fixtures);
    return [{ path: [organization, domain], returns: [id, domain] }];
  },
  'PATCH /organizations/{}/discovery-domains/{}': async (fixtures) => {
    const { organization, id } = await discoveryDomain(fixtures);
    return [{ path: [organization, id], body: { status: 'verified' }, returns: [id, 'verified'] }];
  },
  'DELETE /organizations/{}/discovery-domains/{}': async (fixtures) => {
    const { organization, id, domain } = await discoveryDomain(fixtures);
    const afterwards = { get: `/organizations/${organization}/discovery-domains`, lacks: [domain] };
    return [{ path: [organization, id], afterwards }];
  },
  'GET /organizations/{}/invitations': async (fixtures) => {
    const { organization, id } = await invitation(fixtures);
    return [
      { path: [organization], returns: [id] },
      { path: [organization], query: PAGE, returns: [id] },
      { path: [organization], query: { fields: 'id', include_fields: true }, returns: [id] },
      { path: [organization], query: { sort: 'created_at:1' }, returns: [id] },
    ];
  },
  'POST /organizations/{}/invitations': async (fixtures) => {
    const [organization, email, role] = [
      await fixtures.organization(),
      `${fixtures.word('guest')}@travel0.example`,
      await fixtures.role(),
    ];
    const required = { inviter: { name: 'Ada' }, invitee: { email }, client_id: await fixtures.client() };
    const afterwards = { get: `/organizations/${organization}/invitations`, has: [email] };
    return [
      { path: [organization], body: required, returns: [email], afterwards },
      {
        path: [organization],
        body: {
          ...required,
          roles: [role],
          ttl_sec: 3600,
          send_invitation_email: false,
          app_metadata: { plan: 'gold' },
          user_metadata: { language: 'en' },
        },
        returns: [email, role, 'gold', 'en'],
      },
    ];
  },
  'GET /organizations/{}/invitations/{}': async (fixtures) => {
    const { organization, id } = await invitation(fixtures);
    return [
      { path: [organization, id], returns: [id] },
      { path: [organization, id], query: { fields: 'id', include_fields: true }, returns: [id] },
    ];
  },
  'DELETE /organizations/{}/invitations/{}': async (fixtures) => {
    const { organization, id } = await invitation(fixtures);
    return [
      { path: [organization, id], afterwards: { get: `/organizations/${organization}/invitations`, lacks: [id] } },
    ];
  },
};

type Settings = Readonly<Record<string, unknown>>;

/** The connections of an organization have an older and a newer name. */
function connectionCalls(name: string, settings: Settings, change: Settings): CallTable {
  const linked = async (
    fixtures: Fixtures,
  ): Promise<{ readonly organization: string; readonly connection: string }> => {
    const [organization, connection] = [await fixtures.organization(), await fixtures.connection()];
    await fixtures.link(`/organizations/${organization}/${name}`, { connection_id: connection, ...settings });
    return { organization, connection };
  };
  return {
    [`GET /organizations/{}/${name}`]: async (fixtures) => {
      const { organization, connection } = await linked(fixtures);
      return [
        { path: [organization], returns: [connection] },
        { path: [organization], query: PAGE, returns: [connection] },
        { path: [organization], query: { is_enabled: true }, returns: [connection] },
      ];
    },
    [`POST /organizations/{}/${name}`]: async (fixtures) => {
      const [organization, connection] = [await fixtures.organization(), await fixtures.connection()];
      const afterwards = { get: `/organizations/${organization}/${name}`, has: [connection] };
      return [
        { path: [organization], body: { connection_id: connection, ...settings }, returns: [connection], afterwards },
      ];
    },
    [`GET /organizations/{}/${name}/{}`]: async (fixtures) => {
      const { organization, connection } = await linked(fixtures);
      return [{ path: [organization, connection], returns: [connection] }];
    },
    [`PATCH /organizations/{}/${name}/{}`]: async (fixtures) => {
      const { organization, connection } = await linked(fixtures);
      return [{ path: [organization, connection], body: change, returns: [connection, ...Object.values(change)] }];
    },
    [`DELETE /organizations/{}/${name}/{}`]: async (fixtures) => {
      const { organization, connection } = await linked(fixtures);
      const afterwards = { get: `/organizations/${organization}/${name}`, lacks: [connection] };
      return [{ path: [organization, connection], afterwards }];
    },
  };
}

async function organizationClient(
  fixtures: Fixtures,
): Promise<{ readonly organization: string; readonly client: string }> {
  const [organization, client] = [await fixtures.organization(), await fixtures.client()];
  await fixtures.link(`/organizations/${organization}/clients`, { clients: [{ client_id: client }] });
  return { organization, client };
}

async function discoveryDomain(
  fixtures: Fixtures,
): Promise<{ readonly organization: string; readonly domain: string; readonly id: string }> {
  const [organization, domain] = [await fixtures.organization(), `${fixtures.word('domain')}.example`];
  const { id } = await fixtures.link(`/organizations/${organization}/discovery-domains`, { domain });
  return { organization, domain, id: String(id) };
}

async function invitation(fixtures: Fixtures): Promise<{ readonly organization: string; readonly id: string }> {
  const organization = await fixtures.organization();
  const email = `${fixtures.word('guest')}@travel0.example`;
  const body = { inviter: { name: 'Ada' }, invitee: { email }, client_id: FIRST.client, send_invitation_email: false };
  const { id } = await fixtures.link(`/organizations/${organization}/invitations`, body);
  return { organization, id: String(id) };
}
