/** A process of its own with a tenant of some size, which times what it is asked for. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { defaultContract } from '../../contract/load/default.js';
import { openStateFile } from '../../tenant/state/state-file.js';
import { createTenant } from '../../tenant/tenant.js';
import { authorized, operation, sender, userAt } from './subject.js';

export interface Filled {
  readonly bytesPerUser: number;
}

/** Microseconds of processor time a call: nothing here waits, and so other processes disturb the least. */
export type Times = Readonly<Record<string, number>>;

const MEMBERS = 100;
/** Calls of each kind in a round, each with another user. */
const CALLS = 1000;
/**
 * So many organizations are asked for by turns, spread over all that there are: as many in a small tenant as in a large
 * one, so that what differs is the size of what they stand in.
 */
const ORGANIZATIONS = 10;
/** Most entries of a list in one request. */
const BATCH = 10;

const [sizes, [source]] = [process.argv.slice(2, 4), process.argv.slice(4)];
const [users = 0, organizations = 0] = sizes.map(Number);
/** Whether they come from a state file instead of requests: then only the organizations that are asked for have members. */
const isLoaded = source === 'loaded';
const contract = await defaultContract();
const does = (kind: string, target: string, ...sides: string[]) => operation(contract, kind, target, ...sides);
const userIds: string[] = [];
const organizationIds: string[] = [];
const before = usedBytes();
const tenant = await createTenant(contract, { seed: 1, ...(isLoaded ? { state: await state() } : {}) });
const send = sender(tenant, await authorized(tenant));

for (let index = userIds.length; index < users; index++) {
  const { user_id } = await send(does('create', 'user'), {}, userAt(index));
  userIds.push(String(user_id));
}
const filled: Filled = { bytesPerUser: (usedBytes() - before) / users };

for (let index = 0; index < organizations; index++) {
  if (!isLoaded) {
    const { id } = await send(does('create', 'organization'), {}, { name: `travel-${index}` });
    organizationIds.push(String(id));
  } else if ((index * ORGANIZATIONS) % organizations !== 0) continue;
  const id = organizationIds[index] ?? '';
  for (let first = 0; first < MEMBERS; first += BATCH) {
    const members = Array.from({ length: BATCH }, (_, at) => memberAt(index, first + at));
    await send(does('add', 'organization-members', 'organization'), { organization: id }, { members });
  }
}

/** The users and organizations as the tenant has them from a file. */
async function state(): Promise<unknown> {
  for (let at = 0; at < users; at++) userIds.push(`auth0|${at.toString(16).padStart(24, '0')}`);
  for (let at = 0; at < organizations; at++) organizationIds.push(`org_${String(at).padStart(16, '0')}`);
  const lists = {
    users: userIds.map((user_id, at) => ({ user_id, ...userAt(at), password: undefined })),
    organizations: organizationIds.map((id, at) => ({ id, name: `travel-${at}` })),
  };
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  try {
    writeFileSync(join(folder, 'state.json'), JSON.stringify(lists));
    return await openStateFile(join(folder, 'state.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const listing = does('list', 'organization');
const { next: middle } = await checkpointAt(organizations / 2);

let round = 0;

process.on('message', async () => {
  process.send?.(await measure());
  round += 1;
});
process.send?.(filled);

async function measure(): Promise<Times> {
  const { id: role } = await send(does('create', 'role'), {}, { name: `Guide ${performance.now()}` });
  const assign = does('add', 'user-roles', 'user');
  const addMember = does('add', 'organization-members', 'organization');
  const organizationsOf = does('list', 'organization-members', 'user');
  const members = does('list', 'organization-members', 'organization');
  const listUsers = does('list', 'user');
  // Other users in each round, where there are enough: the first use of one that comes from a file takes longer.
  const user = (at: number) => userIds[(Math.floor((at * users) / CALLS) + round) % users] ?? '';
  const organization = (at: number) => Math.floor(((at % ORGANIZATIONS) * organizations) / ORGANIZATIONS);
  return {
    'assign a role to a user': await time((at) => send(assign, { user: user(at) }, { roles: [role] })),
    'add who is a member already': await time((at) =>
      send(
        addMember,
        { organization: organizationIds[organization(at)] ?? '' },
        { members: [memberAt(organization(at), at % MEMBERS)] },
      ),
    ),
    "list a user's organizations": await time((at) => send(organizationsOf, { user: user(at) })),
    'a page of users, from the middle of the 1,000 that pages reach': await time((at) =>
      send(listUsers, {}, undefined, spelled('page=10&per_page=50', at)),
    ),
    'a page of members, from the middle': await time((at) =>
      send(
        members,
        { organization: organizationIds[organization(at)] ?? '' },
        undefined,
        spelled('page=5&per_page=10', at),
      ),
    ),
    'a page of organizations, by a cursor in the middle': await time((at) =>
      send(
        listing,
        {},
        undefined,
        `${spelled('take', at)}=5&${spelled('from', at >> 4)}=${encodeURIComponent(String(middle))}`,
      ),
    ),
  };
}

async function time(call: (at: number) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let at = 0; at < CALLS; at++) await call(at);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}

/** A query in another spelling each time, since the tenant remembers the answers to those that it knows. */
function spelled(query: string, at: number): string {
  let bits = at;
  return query.replace(/[a-z]/g, (letter) => {
    const isEncoded = bits % 2 === 1;
    bits = bits >> 1;
    return isEncoded ? `%${letter.charCodeAt(0).toString(16)}` : letter;
  });
}

/** Members of an organization stand apart, and each user is a member of about as many. */
function memberAt(organization: number, at: number): string {
  return userIds[(organization * MEMBERS + at * 7) % users] ?? '';
}

async function checkpointAt(count: number): Promise<Readonly<Record<string, unknown>>> {
  let page = await send(listing, {}, undefined, 'take=5');
  for (let seen = 5; seen < count; seen += 5) {
    page = await send(listing, {}, undefined, `take=5&from=${encodeURIComponent(String(page.next))}`);
  }
  return page;
}

function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
