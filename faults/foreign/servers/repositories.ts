import type { Json } from '../../../contract/contract.js';
import type { ForeignServer } from '../foreign-server.js';
import type { Reply } from '../rest-server.js';

/** Repositories and their pull requests: it has one of each, under any name. */
export const repositories: ForeignServer = {
  document: 'oai30-link-example.yaml',
  faults: ['list-is-an-object', 'id-is-a-text'],
  create(fault) {
    const user = { username: 'ada', uuid: 'u-1' };
    const repository = { slug: 'engine', owner: user };
    const request = { id: fault === 'id-is-a-text' ? '7' : 7, title: 'Add a loop', repository, author: user };
    const listed = (...entries: readonly Json[]): Reply => ({
      status: 200,
      json: fault === 'list-is-an-object' ? { entries } : entries,
    });
    const refused = (status: number, message: string): Reply => ({ status, json: { message } });
    const missing = refused(404, 'no such path');
    return ({ method, query, path: [version, collection, owner, slug, part, id, ...rest] }) => {
      if (version !== '2.0' || owner === undefined) return missing;
      if (collection === 'users') return method === 'GET' && slug === undefined ? { status: 200, json: user } : missing;
      if (collection !== 'repositories' || (part !== undefined && part !== 'pullrequests')) return missing;
      if (rest.length > 0) return method === 'POST' && rest.join('/') === 'merge' ? { status: 204 } : missing;
      if (method !== 'GET') return refused(405, 'not that method');
      if (slug === undefined) return listed(repository);
      if (part === undefined) return { status: 200, json: repository };
      const state = query.get('state');
      if (id === undefined && state !== null && !['open', 'merged', 'declined'].includes(state))
        return refused(400, 'odd state');
      return id === undefined ? listed(request) : { status: 200, json: request };
    };
  },
};
