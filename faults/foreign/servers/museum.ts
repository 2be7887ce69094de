import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../../contract/contract.js';
import type { ForeignServer } from '../foreign-server.js';
import { type Call, type Handle, hasTypes, type Reply } from '../rest-server.js';

/** The password of everybody. */
export const PASSWORD = 'a.b.c';

const TODAY = '2026-01-01';
const EVENT = { name: 'string', location: 'string', eventDescription: 'string', dates: 'array', price: 'number' };
const ORDER = {
  ticketType: 'string',
  ticketDate: 'string',
  email: 'string',
  'phone?': 'string',
  'eventId?': 'string',
};
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const notThatMethod = wrong(405, 'not that method');

/** Events of a museum: all but the hours need Basic credentials. */
export const museum: ForeignServer = {
  document: 'redocly-museum.yaml',
  faults: ['event-without-dates', 'deleted-stays', 'update-lost', 'wrong-status', 'page-ignored'],
  create(fault) {
    const specialEvents = eventsWith(fault);
    return (call) => {
      const [, , , , collection = '', id] = call.path;
      const refusal = refusalOf(call);
      if (refusal !== undefined) return refusal;
      if (collection === 'museum-hours' && id === undefined) return hours(call);
      if (collection === 'tickets') return tickets(call);
      return collection === 'special-events' ? specialEvents(call) : wrong(404, 'no such path');
    };
  },
};

/** What any operation refuses. */
function refusalOf({ query, headers }: Call): Reply | undefined {
  const given = (...names: readonly string[]) => names.map((name) => query.get(name)).filter((text) => text !== null);
  if (!given('startDate', 'endDate').every(isDate)) return wrong(400, 'odd date');
  const isNumber = (text: string) => /^-?\d+$/.test(text);
  if (!given('page', 'limit').every(isNumber) || Number(query.get('limit') ?? 1) > 30) return wrong(400, 'odd page');
  return hasPassword(headers.authorization) ? undefined : wrong(401, 'unknown credentials');
}

function hours({ method }: Call): Reply {
  if (method !== 'GET') return notThatMethod;
  return { status: 200, json: [{ date: TODAY, timeOpen: '09:00', timeClose: '18:00' }] };
}

function tickets({ method, path, body }: Call): Reply {
  const [, , , , , id, part, ...more] = path;
  if (id !== undefined && !UUID.test(id)) return wrong(400, 'not an id');
  if (id !== undefined) {
    const isCode = part === 'qr' && more.length === 0 && method === 'GET';
    return isCode ? { status: 200, json: 'bytes', type: 'image/png' } : wrong(404, 'no');
  }
  if (!isOrder(body)) return wrong(400, 'not an order');
  const { ticketType = '', ticketDate = '' } = body;
  const bought = { message: 'bought', ticketId: randomUUID(), ticketType, ticketDate, confirmationCode: 'c' };
  return { status: 201, json: bought };
}

/** The collection of events, and each of them. */
function eventsWith(fault: string | undefined): Handle {
  const events = new Map<string, JsonObject>();
  const shown = (event: JsonObject): Json => (fault === 'event-without-dates' ? { ...event, dates: 'soon' } : event);
  const collection: Handle = ({ method, query, body }) => {
    if (method === 'GET') {
      const limit = Math.max(1, Number(query.get('limit') ?? 10));
      const page = fault === 'page-ignored' ? 1 : Math.max(1, Number(query.get('page') ?? 1));
      const listed = [...events.values()].slice((page - 1) * limit, page * limit);
      return { status: 200, json: listed.map(shown) };
    }
    if (method !== 'POST') return notThatMethod;
    if (!isEvent(body, true)) return wrong(400, 'not an event');
    const event = { ...body, eventId: randomUUID() };
    events.set(event.eventId, event);
    return { status: fault === 'wrong-status' ? 202 : 201, json: shown(event) };
  };
  const item = ({ method, body }: Call, id: string): Reply => {
    if (!UUID.test(id)) return wrong(400, 'not an id');
    const event = events.get(id);
    if (event === undefined) return wrong(404, 'no such event');
    if (method === 'GET') return { status: 200, json: shown(event) };
    if (method === 'DELETE') {
      if (fault !== 'deleted-stays') events.delete(id);
      return { status: 204 };
    }
    if (method !== 'PATCH') return notThatMethod;
    if (!isEvent(body, false)) return wrong(400, 'not an event');
    const next = { ...event, ...body, eventId: id };
    if (fault !== 'update-lost') events.set(id, next);
    return { status: 200, json: shown(next) };
  };
  return (call) => {
    const [, , , , , id] = call.path;
    return id === undefined ? collection(call) : item(call, id);
  };
}

function isEvent(body: Json | undefined, isWhole: boolean): body is JsonObject {
  const types = Object.fromEntries(Object.entries(EVENT).map(([name, type]) => [isWhole ? name : `${name}?`, type]));
  if (!hasTypes(body, types)) return false;
  const { dates = [] } = body;
  return Array.isArray(dates) && dates.every(isDate);
}

function isOrder(body: Json | undefined): body is JsonObject {
  if (!hasTypes(body, ORDER)) return false;
  const isKnownType = ['event', 'general'].includes(String(body.ticketType));
  const isAddress = /^\S+@\S+\.\S+$/.test(String(body.email));
  const isEventId = body.eventId === undefined || UUID.test(String(body.eventId));
  return isKnownType && isDate(body.ticketDate) && isAddress && isEventId;
}

function isDate(text: unknown): boolean {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function hasPassword(authorization: string | undefined): boolean {
  const [, encoded = ''] = /^basic (\S+)$/i.exec(authorization ?? '') ?? [];
  return Buffer.from(encoded, 'base64').toString().split(':').slice(1).join(':') === PASSWORD;
}

function wrong(status: number, title: string): Reply {
  return { status, json: { type: 'about:blank', title }, type: 'application/problem+json' };
}
