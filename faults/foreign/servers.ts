import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { type Handle, hasTypes, type Reply } from './rest-server.js';

/** A public document, a server written for it by hand, and faults that can be planted in it. */
export interface ForeignServer {
  /** In the folder of public documents. */
  readonly document: string;
  readonly faults: readonly string[];
  readonly create: (fault?: string) => Handle;
}

const refused = (status: number, json: Json): Reply => ({ status, json });

/** Pets: their keys are numbers that the client gives. */
const petstore: ForeignServer = {
  document: 'oai30-petstore.yaml',
  faults: ['list-without-names', 'list-as-text', 'body-unchecked', 'read-shows-another'],
  create(fault) {
    const pets = new Map<string, JsonObject>();
    const wrong = (status: number, message: string) => refused(status, { code: status, message });
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

const EVENT = { name: 'string', location: 'string', eventDescription: 'string', dates: 'array', price: 'number' };
function isDate(text: unknown): boolean {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function isEvent(body: Json | undefined, isWhole: boolean): body is JsonObject {
  const types = Object.fromEntries(Object.entries(EVENT).map(([name, type]) => [isWhole ? name : `${name}?`, type]));
  if (!hasTypes(body, types)) return false;
  const { dates = [] } = body;
  return Array.isArray(dates) && dates.every(isDate);
}

/** The password of everybody. */
export const PASSWORD = 'a.b.c';

function knows(authorization: string | undefined): boolean {
  const [, encoded = ''] = /^basic (\S+)$/i.exec(authorization ?? '') ?? [];
  return Buffer.from(encoded, 'base64').toString().split(':').slice(1).join(':') === PASSWORD;
}

/** Events of a museum: all but the hours need Basic credentials. */
const museum: ForeignServer = {
  document: 'redocly-museum.yaml',
  faults: ['event-without-dates', 'deleted-stays', 'update-lost', 'wrong-status'],
  create(fault) {
    const events = new Map<string, JsonObject>();
    const wrong = (status: number, title: string): Reply => ({
      ...refused(status, { type: 'about:blank', title }),
      type: 'application/problem+json',
    });
    const today = '2026-01-01';
    const shown = (event: JsonObject): Json => (fault === 'event-without-dates' ? { ...event, dates: 'soon' } : event);
    return ({ method, path, query, headers, body }) => {
      const [, , , , collection = '', id, part] = path;
      const start = ['startDate', 'endDate'].map((name) => query.get(name)).filter((date) => date !== null);
      const numbers = ['page', 'limit'].map((name) => query.get(name)).filter((number) => number !== null);
      if (!start.every(isDate)) return wrong(400, 'odd date');
      if (numbers.some((number) => !/^-?\d+$/.test(number)) || Number(query.get('limit') ?? 1) > 30)
        return wrong(400, 'odd page');
      if (!knows(headers.authorization)) return wrong(401, 'who are you');
      if (collection === 'museum-hours' && id === undefined)
        return method === 'GET'
          ? { status: 200, json: [{ date: today, timeOpen: '09:00', timeClose: '18:00' }] }
          : wrong(405, 'no');
      if (collection === 'tickets') {
        if (id !== undefined && !UUID.test(id)) return wrong(400, 'not an id');
        if (id !== undefined)
          return part === 'qr' && method === 'GET'
            ? { status: 200, json: 'bytes', type: 'image/png' }
            : wrong(404, 'no');
        const isOrder = hasTypes(body, {
          ticketType: 'string',
          ticketDate: 'string',
          email: 'string',
          'phone?': 'string',
          'eventId?': 'string',
        });
        if (
          !isOrder ||
          !['event', 'general'].includes(String(body.ticketType)) ||
          !isDate(body.ticketDate) ||
          !/^\S+@\S+\.\S+$/.test(String(body.email)) ||
          (body.eventId !== undefined && !UUID.test(String(body.eventId)))
        )
          return wrong(400, 'not an order');
        const { ticketType = '', ticketDate = '' } = body;
        return {
          status: 201,
          json: { message: 'bought', ticketId: randomUUID(), ticketType, ticketDate, confirmationCode: 'c' },
        };
      }
      if (collection !== 'special-events') return wrong(404, 'no such path');
      if (id === undefined) {
        if (method === 'GET') return { status: 200, json: [...events.values()].map(shown) };
        if (method !== 'POST') return wrong(405, 'no');
        if (!isEvent(body, true)) return wrong(400, 'not an event');
        const event = { ...body, eventId: randomUUID() };
        events.set(event.eventId, event);
        return { status: fault === 'wrong-status' ? 202 : 201, json: shown(event) };
      }
      if (!UUID.test(id)) return wrong(400, 'not an id');
      const event = events.get(id);
      if (event === undefined) return wrong(404, 'no such event');
      if (method === 'GET') return { status: 200, json: shown(event) };
      if (method === 'DELETE') {
        if (fault !== 'deleted-stays') events.delete(id);
        return { status: 204 };
      }
      if (method !== 'PATCH') return wrong(405, 'no');
      if (!isEvent(body, false)) return wrong(400, 'not an event');
      const next = { ...event, ...body, eventId: id };
      if (fault !== 'update-lost') events.set(id, next);
      return { status: 200, json: shown(next) };
    };
  },
};

/** Repositories and their pull requests: it has one of each, under any name. */
const repositories: ForeignServer = {
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
    const missing = refused(404, { message: 'no such path' });
    return ({ method, query, path: [version, collection, owner, slug, part, id, ...rest] }) => {
      if (version !== '2.0' || owner === undefined) return missing;
      if (collection === 'users') return method === 'GET' && slug === undefined ? { status: 200, json: user } : missing;
      if (collection !== 'repositories' || (part !== undefined && part !== 'pullrequests')) return missing;
      if (rest.length > 0) return method === 'POST' && rest.join('/') === 'merge' ? { status: 204 } : missing;
      if (method !== 'GET') return refused(405, { message: 'not that method' });
      if (slug === undefined) return listed(repository);
      if (part === undefined) return { status: 200, json: repository };
      const state = query.get('state');
      if (id === undefined && state !== null && !['open', 'merged', 'declined'].includes(state))
        return refused(400, { message: 'odd state' });
      return id === undefined ? listed(request) : { status: 200, json: request };
    };
  },
};

export const foreignServers: readonly ForeignServer[] = [petstore, museum, repositories];
