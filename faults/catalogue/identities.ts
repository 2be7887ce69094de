import type { JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { answers, at, status, withStatus } from '../breaks.js';
import type { Break, Planted } from '../fault.js';
import { jsonAnswer } from '../gateway.js';
import { listOf, own, remembered, segment } from '../own-requests.js';

const family = 'state';

/** Where an item is not found below the parent in the path, takes the parent that was seen with it. */
function anyParent(route: string, parents: string, items: string): Break {
  return answers(route, withStatus(404), async (answer, request, gateway) => {
    const known = await own(gateway, 'GET', `/${parents}/${segment(request, 1)}`);
    if (known.status !== 200) return answer;
    for (const parent of listOf(await own(gateway, 'GET', `/${parents}?per_page=100`))) {
      const id = isObject(parent) ? String(parent.id ?? parent.client_id) : '';
      const path = `/${parents}/${id}/${items}/${segment(request, 3)}`;
      if ((await own(gateway, 'GET', path)).status === 200) return gateway.send({ ...request, path: `/api/v2${path}` });
    }
    return answer;
  });
}

/** Faults of what identifies an item: ids, names, parents. */
export const identityFaults: readonly Planted[] = [
  [
    'invitation-of-another',
    family,
    'organizations.invitations.get',
    'hard',
    'an invitation is found below any organization',
    anyParent('GET /organizations/{id}/invitations/{invitation_id}', 'organizations', 'invitations'),
    ['status-and-shape'],
  ],
  [
    'domain-of-another-changed',
    family,
    'organizations.domains.update',
    'hard',
    'a domain can be changed below any organization',
    anyParent(
      'PATCH /organizations/{id}/discovery-domains/{discovery_domain_id}',
      'organizations',
      'discovery-domains',
    ),
    ['status-and-shape'],
  ],
  [
    'credential-of-another',
    family,
    'clients.credentials.get',
    'hard',
    'a credential is found below any client',
    anyParent('GET /clients/{id}/credentials/{credential_id}', 'clients', 'credentials'),
    ['status-and-shape'],
  ],
  [
    'deletion-below-another',
    family,
    'organizations.invitations.delete',
    'hard',
    'an invitation can be deleted below any organization',
    anyParent('DELETE /organizations/{id}/invitations/{invitation_id}', 'organizations', 'invitations'),
    ['status-and-shape'],
  ],
  [
    'prefix-of-an-id',
    family,
    'roles.get',
    'hard',
    'the beginning of an id is enough',
    answers('GET /roles/{id}', withStatus(404), async (answer, request, gateway) => {
      const id = segment(request, 1);
      if (id.length < 12) return answer;
      const role = listOf(await own(gateway, 'GET', '/roles?per_page=100')).find(
        (entry) => isObject(entry) && String(entry.id).startsWith(id),
      );
      return isObject(role) ? gateway.send({ ...request, path: `/api/v2/roles/${String(role.id)}` }) : answer;
    }),
    ['protocol', 'status-and-shape'],
  ],
  [
    'longer-id',
    family,
    'roles.delete',
    'hard',
    'what follows an id is ignored',
    at('DELETE /roles/{id}', (request, gateway) =>
      gateway.send({ ...request, path: request.path.replace(/(rol_[A-Za-z0-9]{16})[^/?]+/, '$1') }),
    ),
    ['protocol', 'status-and-shape'],
  ],
  [
    'identifier-is-unknown',
    family,
    'resourceServers.get',
    'hard',
    'an API is not found by its identifier',
    at('GET /resource-servers/{id}', (request, gateway) =>
      /^[0-9a-f]{24}$/.test(segment(request, 1))
        ? gateway.send(request)
        : gateway.send({ ...request, path: '/api/v2/resource-servers/000000000000000000000000' }),
    ),
    ['status-and-shape', 'protocol'],
  ],
  [
    'two-at-once-share-a-name',
    family,
    'roles.create',
    'hard',
    'of two creations with one name at once both succeed',
    at('POST /roles', async (request, gateway) => {
      const name = isObject(request.json) ? String(request.json.name) : '';
      const open = Number(gateway.memory.get(name) ?? 0);
      gateway.memory.set(name, open + 1);
      try {
        await new Promise((resolve) => setImmediate(resolve));
        const answer = await gateway.send(request);
        if (answer.status !== 409 || open === 0) return answer;
        const body = { ...(request.json as JsonObject), name: `${name} ${Math.random()}` };
        return gateway.send({ ...request, body: JSON.stringify(body) });
      } finally {
        gateway.memory.set(name, Number(gateway.memory.get(name)) - 1);
      }
    }),
    ['status-and-shape'],
  ],
  [
    'second-removal-crashes',
    family,
    'users.roles.remove',
    'hard',
    'of two removals at once one is 500',
    at('DELETE /users/{id}/roles', async (request, gateway) => {
      const open = Number(gateway.memory.get('open') ?? 0);
      gateway.memory.set('open', open + 1);
      try {
        await new Promise((resolve) => setImmediate(resolve));
        const answer = await gateway.send(request);
        return open > 0 && answer.status < 300 ? { ...answer, status: 500 } : answer;
      } finally {
        gateway.memory.set('open', Number(gateway.memory.get('open')) - 1);
      }
    }),
    ['protocol', 'status-and-shape'],
  ],
  [
    'domain-of-another-taken',
    family,
    'organizations.domains.create',
    'hard',
    'two organizations cannot have the same domain',
    at('POST /organizations/{id}/discovery-domains', async (request, gateway) => {
      const domain = isObject(request.json) ? String(request.json.domain) : '';
      const taken = remembered(gateway, 'taken', () => new Map<string, string>());
      const answer = await gateway.send(request);
      if (answer.status !== 201) return answer;
      const owner = taken.get(domain) ?? segment(request, 1);
      taken.set(domain, owner);
      if (owner === segment(request, 1)) return answer;
      return jsonAnswer(
        { ...answer, status: 409 },
        { statusCode: 409, error: 'Conflict', message: 'The domain already exists.' },
      );
    }),
    ['status-and-shape'],
  ],
  [
    'members-of-unknown-are-none',
    'status-and-shape',
    'organizations.members.list',
    'standard',
    'the members of an unknown organization are an empty list',
    status('GET /organizations/{id}/members', withStatus(404), 200, []),
    ['state'],
  ],
];
