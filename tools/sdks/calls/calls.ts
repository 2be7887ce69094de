import { API_CALLS, CONNECTION_CALLS } from './apis-and-connections.js';
import { CLIENT_CALLS, CLIENT_GRANT_CALLS } from './clients.js';
import type { CallTable } from './expectation.js';
import { ORGANIZATION_PART_CALLS } from './organization-parts.js';
import { ORGANIZATION_CALLS } from './organizations.js';
import { GROUP_CALLS, ROLE_CALLS } from './roles.js';
import { USER_CALLS } from './users.js';

/** Calls of every operation of our groups that the contract has, or is to have. */
export const CALLS: CallTable = {
  ...USER_CALLS,
  ...ROLE_CALLS,
  ...GROUP_CALLS,
  ...ORGANIZATION_CALLS,
  ...ORGANIZATION_PART_CALLS,
  ...CLIENT_CALLS,
  ...CLIENT_GRANT_CALLS,
  ...API_CALLS,
  ...CONNECTION_CALLS,
};

/** The paths of the groups that the contract is about. */
const GROUP_PATHS =
  /^\/(users|users-by-email|roles|groups|organizations|clients|client-grants|resource-servers|connections)(\/|$)/;

export function isOfOurGroups(path: string): boolean {
  return GROUP_PATHS.test(path);
}

/** `resourceServers.get`, `client_grants.list`: a method whose request is not known, but may be of our groups. */
export function isNamedLikeOurGroups(method: string): boolean {
  return /^(users|roles|groups|organizations|client|resource|connections)/i.test(method);
}
