import { describe, expect, test } from 'vitest';
import { json } from '../../test-support/json-content.js';
import type { JsonObject } from '../contract.js';
import { getPointer } from '../pointer.js';
import { readContract } from '../read/read.js';
import { mergedSchema } from '../schema/merged-schema.js';
import { withDerivedState } from './derived-state.js';
import { clubs } from './test-support/clubs.js';
import { crews, crewsWithLists, listBodies } from './test-support/crews.js';
import { orchard } from './test-support/orchard.js';

const { contract, resources } = withDerivedState(readContract(orchard));

test('a collection and its items are a resource, where schemas support it', () => {
  expect(resources.map(({ name, path, key, template }) => ({ name, path, key, template }))).toEqual([
    { name: 'tree', path: '/trees', key: 'id', template: '{digit:8}' },
    { name: 'fruit', path: '/trees/{tree}/fruits', key: 'id', template: '{digit:8}' },
    { name: 'seed', path: '/trees/{tree_id}/fruits/{fruit_id}/seeds', key: 'id', template: '{digit:8}' },
    { name: 'basket', path: '/baskets', key: 'id', template: '{digit:8}' },
  ]);
  expect(effectsOf(['tree'])).toEqual([
    'listTrees: list trees',
    'plantTree: create ',
    'readTree: read ',
    'fellTree: delete ',
    'pruneTree: update ',
  ]);
});

/** The effects on these resources. */
function effectsOf(names: readonly string[]): readonly string[] {
  return contract.operations.flatMap(({ id, effect }) =>
    effect && names.includes(effect.target) ? [`${id}: ${effect.kind} ${effect.as ?? ''}`] : [],
  );
}

test('a collection below an item is one of each item', () => {
  expect(contract.resources.get('fruit')?.under).toEqual({ parent: 'tree', property: 'treeId' });
  // Answers do not show of which fruit a seed is.
  expect(contract.resources.get('seed')?.under).toEqual({ parent: 'fruit', property: 'fruit_id' });
  const of = (id: string) => contract.operations.find((operation) => operation.id === id)?.effect?.of;
  expect(of('growFruit')).toEqual({ tree: 'tree' });
  expect(of('pickFruit')).toEqual({ tree: 'treeId', fruit: 'fruitId' });
  expect(of('readSeed')).toEqual({ tree: 'tree_id', fruit: 'fruit_id', seed: 'id' });
});

test('the key may be a name, where a parameter called "id" is described as one', () => {
  const keyWith = (description: string, item: JsonObject): string | undefined => {
    const shown = json({ type: 'object', properties: { name: { type: 'string' }, ...item } });
    const answer = { responses: { '200': { description: 'ok', ...shown } } };
    const path = [{ name: 'id', in: 'path', required: true, description, schema: { type: 'string' } }];
    const document: JsonObject = {
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/roles': { post: { operationId: 'add', requestBody: shown, ...answer } },
        '/roles/{id}': { get: { operationId: 'read', parameters: path, ...answer } },
      },
    };
    return withDerivedState(readContract(document)).resources[0]?.key;
  };
  expect(keyWith('The name of the role.', {})).toBe('name');
  expect(keyWith('The name of the role.', { id: { type: 'string' } })).toBe('id');
  expect(keyWith('The id of the role, not its name.', {})).toBeUndefined();
});

test('items that no operation reads are known by their listing, if operations change them', () => {
  const derivedFrom = (document: JsonObject) =>
    withDerivedState(readContract(document)).resources.map(({ name, key, operations }) => [
      name,
      key,
      ...operations.map(({ kind, operation }) => `${kind} ${operation.id}`),
    ]);
  expect(derivedFrom(clubs)).toEqual([
    ['club', 'id', 'create found', 'read read', 'list list', 'delete dissolve'],
    ['member', 'id', 'create addMember', 'list listMembers', 'delete removeMember'],
  ]);
  const { '/clubs/{id}/members/{memberId}': _, ...paths } = clubs.paths as JsonObject;
  expect(derivedFrom({ ...clubs, paths }).map(([name]) => name)).toEqual(['club']);
});

test('an operation below an item names it, whatever it does', () => {
  const stats: JsonObject = { get: { operationId: 'stats', responses: { '200': { description: 'ok' } } } };
  const paths = {
    ...(clubs.paths as JsonObject),
    '/clubs/{id}/members/{memberId}/stats/{day}': stats,
    '/stats/{id}': { get: { operationId: 'others', responses: { '200': { description: 'ok' } } } },
  };
  const { operations } = withDerivedState(readContract({ ...clubs, paths })).contract;
  const namesOf = (id: string) => operations.find((operation) => operation.id === id)?.names;
  expect(namesOf('stats')).toEqual({ club: 'id', member: 'memberId' });
  expect(namesOf('others')).toBeUndefined();
  expect(namesOf('read')).toBeUndefined();
});

test('a path parameter that allows one value is a fixed part of the path', () => {
  const below = (schema: JsonObject) => {
    const paths = Object.entries(crews.paths as JsonObject).map(([path, item]) => {
      const { parameters = [], ...operations } = item as { readonly parameters?: readonly JsonObject[] };
      const port = { name: 'port', in: 'path', required: true, schema };
      return [`/ports/{port}${path}`, { ...operations, parameters: [port, ...parameters] }];
    });
    const { resources, relations } = withDerivedState(readContract({ ...crews, paths: Object.fromEntries(paths) }));
    return [...resources, ...relations].map(({ name, path }) => [name, path]);
  };
  const all = [
    ['sailor', '/ports/east/sailors'],
    ['crew', '/ports/east/crews'],
    ['crew-sailors', '/ports/{port}/crews/{crew_id}/sailors/{sailor_id}'],
  ];
  expect(below({ type: 'string', enum: ['east'] })).toEqual(all);
  expect(below({ const: 'east' })).toEqual(all);
  // All ports would have the same crews.
  expect(below({ type: 'string', enum: ['east', 'west'] })).toEqual([]);
});

describe('creations without a body', () => {
  const creation = (id: JsonObject, response: JsonObject): readonly string[] => {
    const schema = { type: 'object', properties: { id, title: { type: 'string' } } };
    const paths = {
      '/crews': {
        post: { operationId: 'create', requestBody: { required: true, ...json(schema) }, responses: response },
      },
      '/crews/{crew_id}': {
        parameters: [{ name: 'crew_id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { operationId: 'read', responses: { '200': { description: 'ok', ...json(schema) } } },
      },
    };
    return withDerivedState(readContract({ ...crews, paths })).resources.map(({ name }) => name);
  };
  const generated: JsonObject = { type: 'string', readOnly: true };
  const location: JsonObject = { Location: { schema: { type: 'string' } } };

  test('name the new item in their Location', () => {
    expect(creation(generated, { '201': { description: 'ok' } })).toEqual(['crew']);
    expect(creation(generated, { '204': { description: 'ok', headers: location } })).toEqual(['crew']);
  });

  test('name nothing without one, unless the request did', () => {
    expect(creation(generated, { '204': { description: 'ok' } })).toEqual([]);
    expect(creation({ type: 'string' }, { '204': { description: 'ok' } })).toEqual(['crew']);
  });
});

describe('paths that name items of two collections', () => {
  const relationsOf = (document: JsonObject) => {
    const { relations } = withDerivedState(readContract(document));
    return relations.map(({ name, between, operations }) => [
      name,
      between.join(),
      ...operations.map(({ kind, operation }) => `${kind} ${operation.id}`),
    ]);
  };
  const edited = (edit: (paths: Record<string, JsonObject>) => Record<string, JsonObject>): JsonObject => ({
    ...crews,
    paths: edit(crews.paths as Record<string, JsonObject>),
  });
  const [list, link] = ['/crews/{crew_id}/sailors', '/crews/{crew_id}/sailors/{sailor_id}'] as const;
  const found = [['crew-sailors', 'crew,sailor', 'list muster', 'read sails', 'add embark', 'remove disembark']];

  test('are a relation, whatever the last parameter is called', () => {
    expect(relationsOf(crews)).toEqual(found);
    const text = JSON.stringify(crews);
    for (const name of ['sailor', 'id', 'sailorId']) {
      const paths = text
        .replaceAll('/sailors/{sailor_id}"', `/sailors/{${name}}"`)
        .replaceAll('"name":"sailor_id"', `"name":"${name}"`);
      expect(relationsOf(JSON.parse(paths)), name).toEqual(found);
    }
    const owners = text.replaceAll('/crews/{crew_id}/sailors', '/crews/{crew_id}/owners');
    expect(relationsOf(JSON.parse(owners))).toEqual([['crew-owners', ...(found[0] ?? []).slice(1)]]);
  });

  test('are none without a listing that shows such items, or where only one of them changes it', () => {
    expect(relationsOf(edited(({ [list]: _, ...paths }) => paths))).toEqual([]);
    const { put: _put, ...noPut } = (crews.paths as Record<string, JsonObject>)[link] ?? {};
    expect(relationsOf(edited((paths) => ({ ...paths, [link]: noPut })))).toEqual([]);
    const { post, get } = (crews.paths as Record<string, Record<string, JsonObject>>)['/crews'] ?? {};
    expect(post).toBeDefined();
    expect(
      relationsOf(
        edited((paths) => ({ ...paths, [list]: { ...paths[list], get: { ...get, operationId: 'muster' } } })),
      ),
    ).toEqual([]);
  });

  test('are none where a body says more', () => {
    const body = { required: true, content: { 'application/json': { schema: { type: 'object' } } } };
    const withBody = edited((paths) => {
      const path = paths[link] ?? {};
      return { ...paths, [link]: { ...path, put: { ...(path.put as JsonObject), requestBody: body } } };
    });
    expect(relationsOf(withBody)).toEqual([]);
  });
});

describe('lists of items of another collection in bodies', () => {
  const relationsOf = (document: JsonObject) =>
    withDerivedState(readContract(document)).relations.map(({ name, between, operations }) => [
      name,
      between.join(),
      ...operations.map(({ kind, operation, each }) => `${kind} ${operation.id} ${JSON.stringify(each) ?? ''}`.trim()),
    ]);
  const found = (pointer: string) => [
    [
      'crew-sailors',
      'crew,sailor',
      'list muster',
      `add embark {"sailor":"${pointer}"}`,
      `remove disembark {"sailor":"${pointer}"}`,
    ],
  ];

  test.each([
    ['keys in a property', '/sailors'],
    ['keys in a property with the name of the key', '/sailor_ids'],
    ['a list of keys', ''],
    ['a list of objects with the key', ''],
  ] as const)('are a relation: %s', (form, pointer) => {
    expect(relationsOf(crewsWithLists(listBodies[form]))).toEqual(found(pointer));
  });

  test.each<[string, JsonObject]>([
    ['that say more of each', { type: 'array', items: { type: 'object', properties: { id: {}, rank: {} } } }],
    ['that hold something else', { type: 'array', items: { type: 'integer' } }],
    [
      'beside other properties',
      { type: 'object', properties: { sailors: { type: 'array' }, rank: { type: 'string' } } },
    ],
    ['that are none', { type: 'object', properties: { sailors: { type: 'string' } } }],
  ])('are none %s', (_what, body) => {
    expect(relationsOf(crewsWithLists(body))).toEqual([]);
  });

  test('are none below a collection of another name', () => {
    const text = JSON.stringify(crewsWithLists(listBodies['a list of keys']));
    expect(relationsOf(JSON.parse(text.replaceAll('/crews/{crew_id}/sailors', '/crews/{crew_id}/words')))).toEqual([]);
  });

  test('are a relation where the listing alone shows a key that only they have', () => {
    const text = JSON.stringify(crewsWithLists(listBodies['a list of keys']))
      .replaceAll('/crews/{crew_id}/sailors', '/crews/{crew_id}/members')
      .replaceAll(
        '"required":["id","name"],"properties":{"id":',
        '"required":["sailor_id","name"],"properties":{"sailor_id":',
      );
    expect(relationsOf(JSON.parse(text)).map(([name]) => name)).toEqual(['crew-members']);
  });
});

test('a key that requests choose is one that paths take', () => {
  const document = JSON.parse(
    JSON.stringify(orchard).replaceAll('"required":["kind"],"properties":{', '$&"id":{"type":"integer","maximum":9},'),
  );
  const names = (text: string) => withDerivedState(readContract(JSON.parse(text))).resources.map(({ name }) => name);
  const text = JSON.stringify(document)
    .replaceAll('"type":"integer"', '"type":"string"')
    .replaceAll(',"maximum":9', '');
  expect(names(text)).toContain('tree');
  expect(
    names(text.replaceAll(/("name":"tree_id","in":"path","required":true,"schema":\{)/g, '$1"pattern":"^[0-9]+$",')),
  ).not.toContain('tree');
});

test.each([
  ['id', 'club_id', 'club_id'],
  ['id', 'clubId', 'clubId'],
  ['club', 'club_id', 'club_id'],
  ['id', 'owner_id', undefined],
  ['slug', 'club_id', 'club_id'],
])('a path with {%s} names an item with %s by %s', (parameter, property, key) => {
  const text = JSON.stringify(clubs)
    .replaceAll('"properties":{"id":', `"properties":{"${property}":`)
    .replaceAll('"required":["id",', `"required":["${property}",`)
    .replaceAll('/clubs/{id}', `/clubs/{${parameter}}`)
    .replaceAll('{"name":"id","in":"path"', `{"name":"${parameter}","in":"path"`);
  expect(withDerivedState(readContract(JSON.parse(text))).resources.find(({ name }) => name === 'club')?.key).toBe(key);
});

test.each([
  ['name of the club', 'name'],
  ['The ID of the club, not its name', 'id'],
  ['The club', 'id'],
])('a path with {club}, described as "%s", names a club by its %s', (description, key) => {
  const text = JSON.stringify(clubs)
    .replaceAll('/clubs/{id}', '/clubs/{club}')
    .replaceAll('{"name":"id","in":"path"', `{"name":"club","description":"${description}","in":"path"`);
  expect(withDerivedState(readContract(JSON.parse(text))).resources.find(({ name }) => name === 'club')?.key).toBe(key);
});

test('an item may be a property of the object that requests or answers have', () => {
  const around = (id: string) => {
    const { as, within } = contract.operations.find((operation) => operation.id === id)?.effect ?? {};
    return { as, within };
  };
  expect(around('weaveBasket')).toEqual({ as: 'basket', within: 'basket' });
  expect(around('readBasket')).toEqual({ as: 'data', within: undefined });
  expect(around('mendBasket')).toEqual({ as: 'data', within: 'basket' });
  expect(around('listBaskets')).toEqual({ as: 'data', within: undefined });
  // Of two objects, neither is named as what the answer is about.
  expect(effectsOf(['pair'])).toEqual([]);
});

test('what was derived is written as keywords, and graded as inferred', () => {
  const at = (pointer: string) => getPointer(contract.document, pointer);
  expect(at('/components/x-resources/tree')).toEqual({ key: 'id', derived: true });
  expect(at('/components/x-resources/fruit')).toEqual({ key: 'id', under: { tree: 'treeId' }, derived: true });
  expect(at('/paths/~1trees~1{tree_id}~1/get/x-effect')).toEqual({ read: 'tree', of: { tree: 'tree_id' } });
  expect(at('/components/schemas/Tree/properties/id/x-value')).toEqual({ id: '{digit:8}' });
  expect(at('/components/schemas/Tree/properties/createdAt/x-value')).toBe('created-at');
  expect(contract.evidenceAt('/paths/~1trees~1{tree_id}~1/get/x-effect').grade).toBe('inferred');
});

test('a reference that was read before leads to what was derived', () => {
  const { responses = [] } = contract.operations.find(({ id }) => id === 'readTree') ?? {};
  const { properties } = mergedSchema(contract, responses[0]?.content[0]?.schema ?? {});
  expect(properties).toMatchObject({ id: { 'x-value': { id: '{digit:8}' } } });
});

test('it is derived once, and the document stays as it was', () => {
  expect(withDerivedState(contract)).toEqual({ contract, resources, relations: [] });
  expect(JSON.stringify(orchard)).not.toContain('x-');
});

test('what is the same object in two places, as by an alias of YAML, is a key where it is one', () => {
  const text = { type: 'string' };
  const pet = { type: 'object', required: ['id'], properties: { id: text, name: text } };
  const path = { name: 'id', in: 'path', required: true, schema: text };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        get: { responses: { 200: { description: 'All', ...json({ type: 'array', items: pet }) } } },
        post: {
          requestBody: json(pet),
          responses: { 201: { description: 'Created', ...json(pet) } },
        },
      },
      '/pets/{id}': { get: { parameters: [path], responses: { 200: { description: 'One', ...json(pet) } } } },
    },
  };
  const { contract, resources } = withDerivedState(readContract(document));
  expect(resources.map(({ name }) => name)).toEqual(['pet']);
  expect(contract.document).toEqual(
    withDerivedState(readContract(JSON.parse(JSON.stringify(document)))).contract.document,
  );
});

test('a document with keywords of its own says what it stores', () => {
  const own = readContract({
    ...orchard,
    components: { 'x-resources': { leaf: { key: 'id' } }, ...Object(orchard.components) },
  });
  expect(withDerivedState(own).contract).toBe(own);
});

test('answers of any type are JSON where their schema is an object', () => {
  const anyType = JSON.parse(JSON.stringify(orchard).replaceAll('"application/json"', '"*/*"'));
  expect(withDerivedState(readContract(anyType)).resources.map(({ name }) => name)).toEqual(
    resources.map(({ name }) => name),
  );
});

test.each([
  ['heroes', 'hero'],
  ['boxes', 'box'],
  ['classes', 'class'],
  ['branches', 'branch'],
  ['caches', 'cache'],
  ['houses', 'house'],
  ['berries', 'berry'],
  ['movies', 'movie'],
  ['people', 'person'],
  ['grandchildren', 'grandchild'],
])('an item of %s is called %s', (plural, name) => {
  const one = JSON.parse(JSON.stringify(orchard).replaceAll('/trees/', `/${plural}/`));
  expect(withDerivedState(readContract(one)).resources[0]?.name).toBe(name);
});

describe('a path below an item', () => {
  const [SHIP, CREW] = ['^SH[0-9a-f]{8}$', '^CR[0-9a-f]{8}$'];
  const text = (pattern?: string): JsonObject => ({ type: 'string', ...(pattern === undefined ? {} : { pattern }) });
  const ship: JsonObject = { type: 'object', properties: { sid: text(), name: text() } };
  const named = (name: string, pattern?: string) => ({ name, in: 'path', required: true, schema: text(pattern) });
  const shown: JsonObject = { '200': { description: 'ok', ...json(ship) } };
  /** What the operations of these paths name, and how a ship gets its key. */
  const derivedFrom = (below: JsonObject) => {
    const paths: JsonObject = {
      '/ships': {
        post: {
          operationId: 'build',
          requestBody: json({ type: 'object', properties: { name: text() } }),
          responses: shown,
        },
      },
      '/ships/{sid}': { parameters: [named('sid')], get: { operationId: 'read', responses: shown } },
      ...below,
    };
    const derived = withDerivedState(readContract({ openapi: '3.1.0', info: { title: 'Port', version: '1' }, paths }));
    return {
      template: derived.resources[0]?.template,
      named: Object.fromEntries(derived.contract.operations.map(({ id, names }) => [id, names])),
    };
  };
  const operation = (id: string, pattern?: string) => ({
    parameters: [named('shipSid', pattern)],
    get: { operationId: id, responses: { '204': { description: 'done' } } },
  });

  test('says what form the keys have, where the item does not', () => {
    const { template, named: of } = derivedFrom({ '/ships/{shipSid}/log': operation('log', SHIP) });
    expect(template).toBe('SH{hex:8}');
    expect(of).toMatchObject({ log: { ship: 'shipSid' } });
  });

  test('names something else where it takes no key of the item', () => {
    const { template, named: of } = derivedFrom({
      '/ships/{shipSid}/log': operation('log', SHIP),
      '/ships/{shipSid}/crew': operation('crew', CREW),
      '/ships/{shipSid}/cargo': operation('cargo', SHIP),
    });
    expect(template).toBe('SH{hex:8}');
    expect(of).toMatchObject({ log: { ship: 'shipSid' }, cargo: { ship: 'shipSid' } });
    expect(of.crew).toBeUndefined();
  });
});

test.each<JsonObject>([
  { anyOf: [{ type: 'integer' }, { type: 'null' }] },
  { oneOf: [{ type: 'null' }, { type: 'string', format: 'uuid' }] },
  { type: ['integer', 'null'] },
])('a key may be documented as nullable: %j', (id) => {
  const text = JSON.stringify(clubs).replaceAll('"id":{"type":"string"}', `"id":${JSON.stringify(id)}`);
  const names = withDerivedState(readContract(JSON.parse(text))).resources.map(({ name }) => name);
  expect(names).toEqual(['club', 'member']);
});
