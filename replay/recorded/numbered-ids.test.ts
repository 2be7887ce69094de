import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { Correspondence } from '../compare/correspondence.js';
import { bodyWithNumbers, textWithNumbers, withNumbers } from './numbered-text.js';
import { replayContract } from './replay-contract.js';

const item = (properties: JsonObject): JsonObject => ({
  type: 'object',
  properties: { id: { type: 'integer' }, ...properties },
});
const ok = (schema: JsonObject): JsonObject => ({ '200': { description: 'ok', ...json(schema) } });
const ids: JsonObject = { type: 'array', items: { type: 'integer' } };
const crew: JsonObject = { $ref: '#/components/schemas/Crew' };
const named = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };

/** Crews and ships with numbers as ids; a crew has ships. */
const harbor: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Harbor', version: '1' },
  paths: {
    '/crews': {
      get: {
        operationId: 'listCrews',
        parameters: [{ name: 'ship_id', in: 'query', schema: { type: 'integer' } }],
        'x-effect': { list: 'crew' },
        responses: ok({ type: 'array', items: crew }),
      },
    },
    '/crews/{id}': {
      parameters: [named],
      get: { operationId: 'readCrew', 'x-effect': { read: 'crew', of: { crew: 'id' } }, responses: ok(crew) },
    },
    '/ships/{id}': {
      parameters: [named],
      get: {
        operationId: 'readShip',
        'x-effect': { read: 'ship', of: { ship: 'id' } },
        responses: ok(item({ tons: { type: 'integer' }, crew: { anyOf: [crew, { type: 'null' }] } })),
      },
    },
    '/ships/{id}/paint': {
      parameters: [named],
      post: {
        operationId: 'paint',
        'x-effect': { of: { ship: 'id' } },
        responses: { '204': { description: 'painted' } },
      },
    },
    '/ships/{id}/decks/{deck}': {
      parameters: [named, { ...named, name: 'deck' }],
      get: {
        operationId: 'readDeck',
        'x-effect': { read: 'deck', of: { ship: 'id', deck: 'deck' } },
        responses: ok(item({ ship: { type: 'integer' } })),
      },
    },
    '/crews/{id}/ships': {
      parameters: [named],
      post: {
        operationId: 'addShips',
        'x-effect': { add: 'crew-ships', of: { crew: 'id' }, each: { ship: '/ships' } },
        requestBody: json({ type: 'object', properties: { ships: ids } }),
        responses: { '204': { description: 'added' } },
      },
      get: {
        operationId: 'listShips',
        'x-effect': { list: 'crew-ships', of: { crew: 'id' } },
        responses: ok({ type: 'array', items: item({}) }),
      },
    },
  },
  components: {
    schemas: { Crew: item({ captainId: { type: 'integer' }, shipIds: ids }) },
    'x-resources': { crew: { key: 'id' }, ship: { key: 'id' }, deck: { key: 'id', under: { ship: 'ship' } } },
    'x-relations': { 'crew-ships': { between: ['crew', 'ship'] } },
  },
};

describe('ids that are numbers', () => {
  const contract = readContract(harbor);
  const { ids: numbered } = replayContract(contract);
  const operation = (id: string) => {
    const found = contract.operations.find((each) => each.id === id);
    if (found === undefined) throw new Error(id);
    return found;
  };
  const at = (id: string, path: Readonly<Record<string, string>> = {}) => ({ operation: operation(id), path });
  const crew7 = '\u{e000}crew\u{e000}7\u{e000}';
  const ship7 = '\u{e000}ship\u{e000}7\u{e000}';

  test('are read where a body holds an id, and nowhere else', () => {
    expect(numbered.received(at('readCrew'), 200, { id: 7, captainId: 7, shipIds: [7] })).toEqual({
      id: crew7,
      captainId: 7,
      shipIds: [ship7],
    });
    expect(numbered.received(at('readShip'), 200, { id: 7, tons: 7, crew: { id: 7 } })).toEqual({
      id: ship7,
      tons: 7,
      crew: { id: crew7 },
    });
    expect(numbered.received(at('listCrews'), 200, [{ id: 7 }])).toEqual([{ id: crew7 }]);
    expect(numbered.received(at('listShips'), 200, [{ id: 7 }])).toEqual([{ id: ship7 }]);
    expect(numbered.received(at('readShip'), 404, { code: 7 })).toEqual({ code: 7 });
  });

  test('are read in what a request names', () => {
    expect(numbered.sent(at('addShips'), { ships: [7], count: 7 })).toEqual({ ships: [ship7], count: 7 });
    expect(numbered.match(at('addShips', { id: '7' })).path).toEqual({ id: crew7 });
    expect(numbered.query(at('listCrews'), { ship_id: '7', page: '7', starting_after: '7' })).toEqual({
      ship_id: ship7,
      page: '7',
      starting_after: crew7,
    });
    expect(numbered.match(at('paint', { id: '7' })).path).toEqual({ id: ship7 });
  });

  test('are the same in a path and in JSON, which keeps fewer digits', () => {
    const long = '1234567890123456789';
    const { id } = numbered.match(at('readCrew', { id: long })).path;
    expect(numbered.received(at('readCrew'), 200, { id: Number(long) })).toEqual({ id });
    expect(withNumbers(id ?? '')).toBe(Number(long));
    expect(numbered.match(at('readCrew', { id: '9'.repeat(400) })).path.id).toContain('9'.repeat(400));
    expect(numbered.received(at('readCrew'), 200, { id: 1.5 })).toEqual({ id: 1.5 });
  });

  test('name the parents of their items, where these are known', () => {
    const deck = (id: number) => `\u{e000}deck/${id}\u{e000}7\u{e000}`;
    expect(numbered.match(at('readDeck', { id: '8', deck: '7' })).path.deck).toBe(deck(8));
    expect(numbered.received(at('readDeck', { id: '8', deck: '7' }), 200, { id: 7 })).toEqual({ id: deck(8) });
    expect(numbered.received(at('readDeck', { id: '8', deck: '7' }), 200, { id: 7, ship: 9 })).toMatchObject({
      id: deck(9),
    });
    expect(withNumbers(deck(8))).toBe(7);
    const correspondence = new Correspondence();
    correspondence.learn(deck(8), deck(9).replace('7', '70'));
    expect(correspondence.text('\u{e000}deck\u{e000}7\u{e000}')).toBe('\u{e000}deck\u{e000}70\u{e000}');
    correspondence.forget(deck(8));
    expect(correspondence.text('\u{e000}deck\u{e000}7\u{e000}')).toBe('\u{e000}deck\u{e000}7\u{e000}');
  });

  test('become numbers again', () => {
    expect(withNumbers({ id: crew7, list: [ship7], name: '7' })).toEqual({ id: 7, list: [7], name: '7' });
    expect(bodyWithNumbers(JSON.stringify({ id: crew7, name: 'a "7"' }))).toBe('{"id":7,"name":"a \\"7\\""}');
    expect(textWithNumbers(`/crews/${encodeURIComponent(crew7)}?x=${encodeURIComponent(ship7)}`)).toBe('/crews/7?x=7');
    const engine = '\u{e000}8e0-engine/E0\u{e000}-7\u{e000}';
    expect(textWithNumbers(`/engines/${encodeURIComponent(engine)}`)).toBe('/engines/-7');
  });

  test('are read where requests mention another item by its name alone', () => {
    const collection = (name: string, properties: JsonObject): JsonObject => ({
      [`/${name}s`]: {
        post: {
          operationId: `make-${name}`,
          requestBody: json({ type: 'object', properties }),
          responses: ok(item(properties)),
        },
      },
      [`/${name}s/{id}`]: {
        parameters: [named],
        get: { operationId: `read-${name}`, responses: ok(item(properties)) },
      },
    });
    const paths = {
      ...collection('port', { size: { type: 'integer' } }),
      ...collection('pilot', { port: { type: 'integer' }, size: { type: 'integer' } }),
    };
    const document = readContract({ openapi: '3.1.0', info: { title: 'Ports', version: '1' }, paths });
    const derived = withDerivedState(document).contract;
    const make = derived.operations.find(({ id }) => id === 'make-pilot');
    if (make === undefined) throw new Error('no operation');
    expect(replayContract(derived).ids.sent({ operation: make, path: {} }, { port: 7, size: 7 })).toEqual({
      port: '\u{e000}port\u{e000}7\u{e000}',
      size: 7,
    });
  });
});
