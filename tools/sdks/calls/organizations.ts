import type { Fixtures } from '../fixtures.js';
import { FIRST } from '../state.js';
import { type CallTable, CHECKPOINT, id, PAGE } from './expectation.js';

export const ORGANIZATION_CALLS: CallTable = {
  'GET /organizations': async () => [
    { returns: [FIRST.organization] },
    { query: PAGE, returns: [FIRST.organization] },
    { query: CHECKPOINT, returns: [FIRST.organization] },
    { query: { sort: 'created_at:1' }, returns: [FIRST.organization] },
  ],
  'POST /organizations': async (fixtures) => {
    const [first, second, connection] = [fixtures.word('new'), fixtures.word('new'), await fixtures.connection()];
    return [
      { body: { name: first }, returns: [first] },
      {
        body: {
          name: second,
          display_name: 'Night shift',
          branding: {
            logo_url: 'https://travel0.example/logo.png',
            colors: { primary: '#635dff', page_background: '#000000' },
          },
          metadata: { region: 'north' },
          enabled_connections: [{ connection_id: connection, assign_membership_on_login: true }],
        },
        returns: [second, 'Night shift', '#635dff', 'north'],
        afterwards: { get: `/organizations/name/${second}`, has: ['Night shift', 'north'] },
      },
    ];
  },
  'GET /organizations/{}': async () => [{ path: [FIRST.organization], returns: ['crew'] }],
  'GET /organizations/name/{}': async () => [{ path: ['crew'], returns: [FIRST.organization] }],
  'PATCH /organizations/{}': async (fixtures) => {
    const organization = await fixtures.organization();
    return [
      { path: [organization], body: { display_name: 'Day shift' }, returns: ['Day shift'] },
      {
        path: [organization],
        body: {
          metadata: { region: 'south' },
          branding: { colors: { primary: '#635dff', page_background: '#000000' } },
        },
        returns: ['south'],
        afterwards: { get: `/organizations/${organization}`, has: ['Day shift', 'south', '#635dff'] },
      },
    ];
  },
  'DELETE /organizations/{}': async (fixtures) => {
    const organization = await fixtures.organization();
    return [{ path: [organization], afterwards: { get: `/organizations/${organization}`, status: 404 } }];
  },
  'GET /organizations/{}/members': async (fixtures) => {
    const { organization, user } = await fixtures.member();
    await fixtures.link(`/organizations/${organization}/members`, { members: [FIRST.user] });
    return [
      { path: [organization], returns: [user, FIRST.user] },
      { path: [organization], query: PAGE, returns: [user] },
      { path: [organization], query: { take: 1 }, returns: [user] },
      { path: [organization], query: { fields: 'user_id,roles', include_fields: true }, returns: [user] },
    ];
  },
  'POST /organizations/{}/members': async (fixtures) => {
    const [organization, user] = [await fixtures.organization(), await fixtures.user()];
    const afterwards = { get: `/organizations/${organization}/members`, has: [user] };
    return [{ path: [organization], body: { members: [user] }, afterwards }];
  },
  'DELETE /organizations/{}/members': async (fixtures) => {
    const { organization, user } = await fixtures.member();
    const afterwards = { get: `/organizations/${organization}/members`, lacks: [user] };
    return [{ path: [organization], body: { members: [user] }, afterwards }];
  },
  'GET /organizations/{}/members/{}/roles': async (fixtures) => {
    const { organization, user, role } = await memberWithRole(fixtures);
    return [
      { path: [organization, user], returns: [role] },
      { path: [organization, user], query: PAGE, returns: [role] },
    ];
  },
  'POST /organizations/{}/members/{}/roles': async (fixtures) => {
    const [{ organization, user }, role] = [await fixtures.member(), await fixtures.role()];
    const afterwards = { get: memberRoles(organization, user), has: [role] };
    return [{ path: [organization, user], body: { roles: [role] }, afterwards }];
  },
  'DELETE /organizations/{}/members/{}/roles': async (fixtures) => {
    const { organization, user, role } = await memberWithRole(fixtures);
    const afterwards = { get: memberRoles(organization, user), lacks: [role] };
    return [{ path: [organization, user], body: { roles: [role] }, afterwards }];
  },
  'GET /organizations/{}/members/{}/effective-roles': async (fixtures) => {
    const { organization, user, role } = await memberWithRole(fixtures);
    return [
      { path: [organization, user], returns: [role] },
      { path: [organization, user], query: CHECKPOINT, returns: [role] },
    ];
  },
  'GET /organizations/{}/members/{}/effective-roles/sources/groups': async (fixtures) => {
    const { organization, group, role } = await groupWithRole(fixtures);
    await fixtures.link(`/organizations/${organization}/members`, { members: [FIRST.user] });
    return [{ path: [organization, FIRST.user], query: { role_id: role }, returns: [group] }];
  },
  'GET /organizations/{}/roles/{}/members': async (fixtures) => {
    const { organization, user, role } = await memberWithRole(fixtures);
    return [
      { path: [organization, role], returns: [user] },
      { path: [organization, role], query: CHECKPOINT, returns: [user] },
      { path: [organization, role], query: { fields: 'user_id', include_fields: true }, returns: [user] },
    ];
  },
  'GET /organizations/{}/roles/{}/groups': async (fixtures) => {
    const { organization, group, role } = await groupWithRole(fixtures);
    return [
      { path: [organization, role], returns: [group] },
      { path: [organization, role], query: CHECKPOINT, returns: [group] },
    ];
  },
  'GET /organizations/{}/groups': async (fixtures) => {
    const { organization, group } = await groupWithRole(fixtures);
    return [
      { path: [organization], returns: [group] },
      { path: [organization], query: CHECKPOINT, returns: [group] },
    ];
  },
  'GET /organizations/{}/groups/{}/roles': async (fixtures) => {
    const { organization, group, role } = await groupWithRole(fixtures);
    return [
      { path: [organization, group], returns: [role] },
      { path: [organization, group], query: CHECKPOINT, returns: [role] },
    ];
  },
  'POST /organizations/{}/groups/{}/roles': async (fixtures) => {
    const [organization, group, role] = [await fixtures.organization(), fixtures.group(), await fixtures.role()];
    const afterwards = { get: groupRoles(organization, group), has: [role] };
    return [{ path: [organization, group], body: { roles: [role] }, afterwards }];
  },
  'DELETE /organizations/{}/groups/{}/roles': async (fixtures) => {
    const { organization, group, role } = await groupWithRole(fixtures);
    const afterwards = { get: groupRoles(organization, group), lacks: [role] };
    return [{ path: [organization, group], body: { roles: [role] }, afterwards }];
  },
};

function memberRoles(organization: string, user: string): string {
  return `/organizations/${organization}/members/${id(user)}/roles`;
}

function groupRoles(organization: string, group: string): string {
  return `/organizations/${organization}/groups/${group}/roles`;
}

async function memberWithRole(
  fixtures: Fixtures,
): Promise<{ readonly organization: string; readonly user: string; readonly role: string }> {
  const [{ organization, user }, role] = [await fixtures.member(), await fixtures.role()];
  await fixtures.link(memberRoles(organization, user), { roles: [role] });
  return { organization, user, role };
}

async function groupWithRole(
  fixtures: Fixtures,
): Promise<{ readonly organization: string; readonly group: string; readonly role: string }> {
  const [organization, group, role] = [await fixtures.organization(), fixtures.group(), await fixtures.role()];
  await fixtures.link(groupRoles(organization, group), { roles: [role] });
  return { organization, group, role };
}
