import type { JsonObject } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { ForeignServer } from '../foreign-server.js';
import { hasTypes, type Reply } from '../rest-server.js';

/** Pets: their keys are numbers that the client gives. */
export const petstore: ForeignServer = {
  document: 'oai30-petstore.yaml',
  faults: ['list-without-names', 'list-as-text', 'body-unchecked', 'read-shows-another'],
  create(fault) {
    const pets = new Map<string, JsonObject>();
    const wrong = (status: number, message: string): Reply => ({ status, json: { code: status, message } });
    return ({ method, path: [version, collection, id, ...rest], query, body }) => {
      if (version !== 'v1' || collection !== 'pets' || rest.length > 0) return wrong(404, 'no such path');
      if (method === 'GET' && id === undefined) {
        const limit = Number(query.get('limit') ?? 100);
        if (!Number.isInteger(limit) || limit > 100 || query.get('limit') === '') return wrong(400, 'odd limit');
        const all = [...pets.values()].slice(0, Number.isInteger(limit) ? Math.max(0, Math.min(limit, 100)) : 100);
        if (fault === 'list-without-names')
          return { status: 200, json: [...all, { id: 1, name: 'x' }].map(({ id: own }) => ({ id: own ?? 0 })) };
        return { status: 200, json: all, ...(fault === 'list-as-text' ? { type: 'text/plain' } : {}) };
      }
      if (method === 'POST' && id === undefined) {
        const isPet = hasTypes(body, { id: 'integer', name: 'string', 'tag?': 'string' });
        if (!isPet && fault !== 'body-unchecked') return wrong(400, 'not a pet');
        if (isObject(body)) pets.set(String(body.id), body);
        return { status: 201 };
      }
      if (method === 'GET' && id !== undefined) {
        const pet = pets.get(id);
        if (pet === undefined) return wrong(404, 'no such pet');
        return { status: 200, json: fault === 'read-shows-another' ? { ...pet, tag: 'of another' } : pet };
      }
      return wrong(405, 'not that method');
    };
  },
};
