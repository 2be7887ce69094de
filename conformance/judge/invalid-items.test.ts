import { describe, expect, it } from 'vitest';
import type { Contract, Json, JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import type { Violation } from '../finding/finding.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, noValues } from '../target/request.js';
import { parseAnswer, type Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';
import { InvalidItems, judgeWithoutInvalidItems } from './invalid-items.js';
import { createJudge } from './judge.js';

const DEEP = '['.repeat(2000) + ']'.repeat(2000);
const SONG = { id: 's1', title: 'Valid' };

describe('items that came of invalid bodies are only observed in listings', () => {
  const grades = (violations: readonly Violation[]) => violations.map(({ evidence }) => evidence.grade);

  it.each<[what: string, sent: string, answered: string, listed: string]>([
    ['by id', '{"title":null}', '{"id":"s2","title":null}', '{"id":"s2","title":null,"at":"now"}'],
    ['without an id', 'null', 'null', 'null'],
    ['kept as a text', "{'title':'a'}", '{}', JSON.stringify("{'title':'a'}")],
    ['nested too deep', DEEP, DEEP, DEEP],
  ])('%s', (_, sent, answered, listed) => {
    const { items, judge, create, list } = songs();
    items.record(create(sent, answered));
    expect(grades(judge.judge(list(`[${JSON.stringify(SONG)},${listed}]`), { kind: 'success' }))).toEqual(['unknown']);
  });

  it('updates included', () => {
    const { items, judge, update, list } = songs();
    items.record(update('s2', '{}', '{"id":"s2"}'));
    expect(grades(judge.judge(list('[{"id":"s2"}]'), { kind: 'success' }))).toEqual(['unknown']);
  });

  it.each<[what: string, sent: string, answered: string, status: number, listed: string]>([
    ['which a valid body made', '{"title":"a"}', '{"id":"s2"}', 201, '{"id":"s2"}'],
    ['of others', 'null', '{"id":"s2"}', 201, '{"id":"s3"}'],
    ['though the target refused the invalid body', 'null', '{}', 422, '{"id":"s2"}'],
  ])('but not those %s', (_, sent, answered, status, listed) => {
    const { items, judge, create, list } = songs();
    items.record(create(sent, answered, status));
    const found = judge.judge(list(`[${listed}]`), { kind: 'success' });
    expect(found.map(({ cause, evidence }) => [cause, evidence.grade])).toEqual([
      ['body /*: required title', 'documented'],
    ]);
  });

  it('and so is a read', () => {
    const { items, judge, update, read } = songs();
    items.record(update('s2', '{}', '{"id":"s2"}'));
    expect(grades(judge.judge(read('s2', '{"id":"s2"}'), { kind: 'success' }))).toEqual(['unknown']);
    expect(grades(judge.judge(read('s3', '{"id":"s3"}'), { kind: 'success' }))).toEqual(['documented']);
  });

  it('and what shows while an invalid body is on its way', () => {
    const { items, judge, create, list } = songs();
    const answered = items.sending(create('null', 'null').request);
    items.sending(create('{"title":"a"}', '{}').request);
    expect(grades(judge.judge(list('[{"id":"s2"}]'), { kind: 'success' }))).toEqual(['unknown']);
    answered();
    expect(grades(judge.judge(list('[{"id":"s2"}]'), { kind: 'success' }))).toEqual(['documented']);
  });

  it('but not what is wrong beside them', () => {
    const { items, judge, create, list } = songs(true);
    items.sending(create('null', 'null').request);
    const answered = '{"songs":[{"id":"s2"}],"next":null}';
    const found = judge.judge(list(answered), { kind: 'success' });
    expect(found.map(({ cause, evidence, actual }) => [cause, evidence.grade, actual])).toEqual([
      ['body /songs/*: required title', 'unknown', `200 ${answered}`],
      ['body /next: type string', 'documented', `200 ${answered}`],
    ]);
  });

  it('and shows the whole answer where something is left to find', () => {
    const { items, judge, create, list } = songs();
    items.record(create('null', 'null'));
    const listing = list('[null,{"id":"s3"}]');
    const found = judge.judge(listing, { kind: 'success' });
    expect(found.map(({ actual, exchange }) => [actual, exchange])).toEqual([
      [`200 ${listing.response.text}`, listing],
    ]);
  });
});

it('reads what stands beside a part that is nested too deep', () => {
  const { json, isCut } = parseAnswer(`[1,${DEEP}]`);
  expect([Reflect.get(Object(json), 0), isCut]).toEqual([1, true]);
  expect(parseAnswer('[1]')).toEqual({ json: [1] });
  expect(parseAnswer('['.repeat(20_000) + ']'.repeat(20_000))).toEqual({});
});

it('blames the operation that accepts what no listing may show, and finds again what it made', async () => {
  const kept: Json[] = [{ id: 'theirs', title: 'Of another' }];
  const report = await verifyTarget(songContract(), carelessServer(kept), { only: ['*'], skip: ['*/client-agrees'] });
  const ofItems = report.findings.filter(({ code }) => code === 'BODY_SCHEMA' || code === 'NOT_JSON');
  const blamed = ofItems.filter(({ operations, severity }) => operations.includes('list') && severity !== 'observed');
  expect(blamed).toEqual([]);
  expect(report.findings.map(({ cause }) => cause)).toContain('invalid bodies are accepted');
  expect(kept).toContainEqual({ id: 'theirs', title: 'Of another' });
  // What it removed it does not list, though a listing shows something that is nested too deep.
  const ids = kept.flatMap((item) => (typeof item === 'object' ? [String(Reflect.get(item ?? {}, 'id'))] : []));
  const named = report.leftovers.flatMap((line) => /^song (\S+)/.exec(line)?.slice(1) ?? []);
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});

function songs(inPages = false) {
  const contract = songContract(inPages);
  const items = new InvalidItems(contract);
  const send = (id: string, values: object, [text, status]: readonly [text: string, status: number]): Exchange => {
    const operation = contract.operations.find((each) => each.id === id);
    if (operation === undefined) throw new Error(id);
    const request = buildRequest(operation, { ...noValues, ...values });
    const headers = { 'content-type': 'application/json' };
    return { request, response: { status, headers, text, ...parseAnswer(text) }, durationMs: 1 };
  };
  const withBody = (exchange: Exchange, body: string): Exchange => ({
    ...exchange,
    request: { ...exchange.request, body, headers: { 'content-type': 'application/json' } },
  });
  return {
    items,
    judge: judgeWithoutInvalidItems(createJudge(contract), items),
    create: (sent: string, answered: string, status = 201) => withBody(send('create', {}, [answered, status]), sent),
    update: (id: string, sent: string, answered: string) =>
      withBody(send('update', { path: { id } }, [answered, 200]), sent),
    list: (text: string) => send('list', {}, [text, 200]),
    read: (id: string, text: string) => send('read', { path: { id } }, [text, 200]),
  };
}

function songContract(inPages = false): Contract {
  const song = {
    type: 'object',
    required: ['title'],
    properties: { id: { type: 'string', readOnly: true }, title: { type: 'string' } },
  };
  const json = (schema: Json) => ({ 'application/json': { schema } });
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
  const requestBody = { required: true, content: json(song) };
  const unknown = { '404': { description: 'Unknown.' }, '422': { description: 'Invalid.' } };
  const its = { '200': { description: 'It.', content: json(song) }, ...unknown };
  const songs = { type: 'array', items: song };
  const page = { type: 'object', required: ['songs'], properties: { songs, next: { type: 'string' } } };
  const document: JsonObject = {
    openapi: '3.1.0',
    info: { title: 'Songs', version: '1' },
    paths: {
      '/songs': {
        get: {
          operationId: 'list',
          responses: { '200': { description: 'All.', content: json(inPages ? page : songs) } },
        },
        post: {
          operationId: 'create',
          requestBody,
          responses: { '201': { description: 'It.', content: json(song) }, '422': { description: 'Invalid.' } },
        },
      },
      '/songs/{id}': {
        get: { operationId: 'read', parameters, responses: its },
        put: { operationId: 'update', parameters, requestBody, responses: its },
        delete: { operationId: 'remove', parameters, responses: { '204': { description: 'Gone.' }, ...unknown } },
      },
    },
  };
  return withDerivedState(readContract(document)).contract;
}

/** A server that keeps every body: an object gets an id, anything else stays as it is. */
function carelessServer(kept: Json[]): Target {
  let made = 0;
  const idOf = (item: Json) => (typeof item === 'object' && item !== null ? Reflect.get(item, 'id') : undefined);
  const bodyOf = (text = ''): Json => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };
  const withId = (item: Json, id: string): Json =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? { ...item, id } : item;
  const answer = (status: number, body?: Json) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    return {
      status,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      text,
      ...parseAnswer(text),
    };
  };
  return {
    name: 'songs',
    url: 'http://127.0.0.1',
    audience: '',
    credentials: {},
    metered: false,
    workers: 1,
    send: async ({ path, method, body }) => {
      if (path === '/songs') {
        if (method === 'GET') return answer(200, kept);
        if (method !== 'POST') return answer(405);
        made += 1;
        const item = withId(bodyOf(body), `s${made}`);
        kept.push(item);
        return answer(201, item);
      }
      const id = decodeURIComponent(path.replace('/songs/', ''));
      const at = kept.findIndex((item) => idOf(item) === id);
      if (at < 0) return answer(404);
      if (method === 'PUT') kept[at] = withId(bodyOf(body), id);
      if (method === 'DELETE') kept.splice(at, 1);
      return method === 'DELETE' ? answer(204) : answer(200, kept[at]);
    },
    close: async () => undefined,
  };
}
