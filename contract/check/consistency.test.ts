import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../json/json.js';
import { readContract } from '../read/read.js';
import { checkConsistency } from './consistency.js';

/** A consistent contract: members borrow books at desks. Each test changes one part of it. */
const COMPONENTS = {
  securitySchemes: {
    desk: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.example', scopes: { lend: 'Lend' } } } },
    key: { type: 'apiKey', in: 'header', name: 'K' },
  },
  'x-resources': {
    member: { key: 'id' },
    book: { key: 'isbn', limit: { per: [], max: 9, problem: 'books-full' } },
    desk: { key: 'id' },
  },
  'x-relations': {
    loans: { between: ['member', 'book'], limits: [{ per: ['member'], max: 3, problem: 'loans-full' }] },
  },
  'x-problems': {
    'no-token': { when: { token: 'missing' } },
    'no-scope': { when: 'scope' },
    'bad-body': { when: { invalid: 'body' } },
    'bad-query': { when: { invalid: 'query' } },
    'bad-path': { when: { invalid: 'path' } },
    'no-member': { when: { unknown: 'member' } },
    'no-book': { when: { unknown: 'book' } },
    'loans-full': { when: { full: 'loans' } },
    'books-full': { when: { full: 'book' } },
    'book-taken': { when: { duplicate: 'book' } },
    slower: { when: 'rate' },
    beyond: { when: { beyond: 1000 } },
  },
};

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', minLength: 2 } };
const page = { name: 'page', in: 'query', schema: { type: 'integer' }, 'x-query': 'page' };
const response = (...problems: readonly string[]) => ({ description: 'No', 'x-problems': problems });
const body = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const security = [{ desk: ['lend'] }];
const refusals = { '401': response('no-token'), '403': response('no-scope'), '429': response('slower') };

const LIST = {
  operationId: 'loans.list',
  security,
  parameters: [id, page],
  'x-effect': { list: 'loans', of: { member: 'id' } },
  responses: { ...refusals, '400': response('bad-query', 'bad-path', 'beyond'), '404': response('no-member') },
};
const ADD = {
  operationId: 'loans.add',
  security,
  parameters: [id],
  'x-effect': { add: 'loans', of: { member: 'id' }, each: { book: '/books' } },
  requestBody: body({ type: 'object', properties: { books: { type: 'array' }, one: { type: 'integer' } } }),
  responses: {
    ...refusals,
    '400': response('bad-body', 'bad-path'),
    '404': response('no-member', 'no-book'),
    '409': response('loans-full'),
  },
};
const CREATE = {
  operationId: 'books.create',
  security,
  'x-effect': { create: 'book' },
  requestBody: body({ type: 'object' }),
  responses: { ...refusals, '400': response('bad-body'), '409': response('book-taken', 'books-full') },
};

interface Parts {
  readonly list?: JsonObject;
  readonly add?: JsonObject;
  readonly create?: JsonObject;
  readonly components?: Readonly<Record<string, JsonObject>>;
  readonly more?: JsonObject;
}

const RATE = {
  headers: { limit: 'x-limit', remaining: 'x-left', reset: 'x-reset' },
  problem: 'slower',
  plans: { free: { burst: 2, 'per-second': 2 } },
};

/** An operation with some fields changed; null removes a field. */
function merge(operation: JsonObject, changes: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...operation, ...changes }).filter(([, value]) => value !== null));
}

/** The flaws of the contract with some parts changed, each as `pointer message`. */
function flawsOf({ list = {}, add = {}, create = {}, components = {}, more = {} }: Parts): readonly string[] {
  const merged = Object.fromEntries(
    Object.entries({ ...COMPONENTS, ...components }).map(([name, value]): [string, Json] => [
      name,
      { ...(COMPONENTS as Readonly<Record<string, JsonObject>>)[name], ...value },
    ]),
  );
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Library', version: '1' },
    'x-rate-limit': RATE,
    paths: {
      '/members/{id}/loans': { get: merge(LIST, list), post: merge(ADD, add) },
      '/books': { post: merge(CREATE, create) },
    },
    components: merged,
    ...more,
  });
  return checkConsistency(contract).map(({ pointer, message }) => `${pointer} ${message}`);
}

const LOANS = '/paths/~1members~1{id}~1loans';
const BOOKS = '/paths/~1books/post';

test('a consistent contract has no flaws', () => {
  expect(flawsOf({})).toEqual([]);
});

describe('names', () => {
  const relation = (changes: JsonObject) => ({
    components: { 'x-relations': { loans: { ...COMPONENTS['x-relations'].loans, ...changes } } },
  });
  const resource = (changes: JsonObject) => ({
    components: { 'x-resources': { desk: { ...COMPONENTS['x-resources'].desk, ...changes } } },
  });
  const cases: readonly { given: string; parts: Parts; want: readonly string[] }[] = [
    {
      given: 'an operationId twice',
      parts: { create: { operationId: 'loans.list' } },
      want: [`${BOOKS}/operationId operationId "loans.list" is also used at ${LOANS}/get; expected a unique one`],
    },
    {
      given: 'a foreign key to an unknown resource',
      parts: resource({ refers: { owner: 'membre', book: 'book' } }),
      want: ['/components/x-resources/desk/refers/owner unknown resource "membre"; expected one of member, book, desk'],
    },
    {
      given: 'a kind by what is no foreign key',
      parts: resource({ refers: { owner: 'member' }, kind: 'room.type' }),
      want: ['/components/x-resources/desk/kind unknown foreign key "room"; expected one of owner'],
    },
    {
      given: 'requirements by kind of properties that the body does not have, where items have no kind',
      parts: {
        create: {
          requestBody: body({ type: 'object', properties: { title: {} }, 'x-kinds': { map: { required: ['scale'] } } }),
        },
      },
      want: [
        `${BOOKS}/requestBody/content/application~1json/schema/x-kinds/map/required unknown property of the body "scale"; expected one of title`,
        `${BOOKS}/requestBody/content/application~1json/schema/x-kinds "x-kinds" needs an operation that creates a resource with "kind"; "book" has none`,
      ],
    },
    {
      given: 'a resource inside an unknown one',
      parts: resource({ inside: { hall: '/desks' }, key: { hall_id: 'parent.id', name: 'item.name' } }),
      want: ['/components/x-resources/desk/inside unknown resource "hall"; expected one of member, book, desk'],
    },
    {
      given: 'a limit with an unknown problem',
      parts: resource({ limit: { per: [], max: 5, problem: 'full' } }),
      want: [
        expect.stringMatching(/^\/components\/x-resources\/desk\/limit\/problem unknown problem "full"; expected one/),
      ],
    },
    {
      given: 'a resource with the name of a relation',
      parts: { components: { 'x-resources': { loans: { key: 'id' } } } },
      want: ['/components/x-resources/loans "loans" is also the name of a relation; rename one of them'],
    },
    {
      given: 'a side that is not a resource',
      parts: { components: { 'x-relations': { visits: { between: ['member', 'hall'] } } } },
      want: ['/components/x-relations/visits/between/1 unknown resource "hall"; expected one of member, book, desk'],
    },
    {
      given: 'a relation that follows an unknown one',
      parts: relation({ follows: 'cards' }),
      want: ['/components/x-relations/loans/follows unknown relation "cards"; expected one of loans'],
    },
    {
      given: 'a chain with an unknown relation',
      parts: relation({ shows: [['loans'], ['loans', 'cards']] }),
      want: ['/components/x-relations/loans/shows/1/1 unknown relation "cards"; expected one of loans'],
    },
    {
      given: 'a limit per something that is not a side',
      parts: relation({ limits: [{ per: ['member', 'desk'], max: 3 }] }),
      want: [
        '/components/x-relations/loans/limits/0/per/1 unknown side of "loans" "desk"; expected one of member, book',
      ],
    },
    {
      given: 'a limit of a relation with an unknown problem',
      parts: relation({ limits: [{ per: [], max: 3, problem: 'full' }] }),
      want: [expect.stringMatching(/^\/components\/x-relations\/loans\/limits\/0\/problem unknown problem "full"/)],
    },
    {
      given: 'a rate limit with an unknown problem',
      parts: { more: { 'x-rate-limit': { ...RATE, problem: 'fast' } } },
      want: [expect.stringMatching(/^\/x-rate-limit\/problem unknown problem "fast"; expected one of no-token, /)],
    },
    {
      given: 'an unknown security scheme',
      parts: { create: { security: [{ des: ['lend'] }] } },
      want: [`${BOOKS}/security/0 unknown security scheme "des"; expected one of desk, key`],
    },
    {
      given: 'a scope that no flow declares',
      parts: { create: { security: [{ desk: ['lend', 'borrow'] }] } },
      want: [`${BOOKS}/security/0 no security scheme declares the scope "borrow"; add it to the scopes of a flow`],
    },
    {
      given: 'two scopes in one',
      parts: { create: { security: [{ desk: ['lend lend'] }] } },
      want: [`${BOOKS}/security/0 "lend lend" has spaces, which separate scopes in a token; list each scope by itself`],
    },
    { given: 'a role of another scheme', parts: { create: { security: [{ key: ['admin'] }] } }, want: [] },
    {
      given: 'a problem that the catalogue lacks',
      parts: { create: { responses: { ...CREATE.responses, '418': response('slower', 'teapot') } } },
      want: [expect.stringMatching(`^${BOOKS}/responses/418/x-problems/1 unknown problem "teapot"; expected one of`)],
    },
    {
      given: 'operations that an SDK has methods and signatures for',
      parts: {
        components: {
          'x-sdks': { 'java-sdk': { methods: { 'loans.lend': 'loans.lend' }, signatures: { 'loans.give': {} } } },
        },
      },
      want: [
        expect.stringMatching('^/components/x-sdks/java-sdk/methods/loans.lend unknown operation "loans.lend"'),
        expect.stringMatching('^/components/x-sdks/java-sdk/signatures/loans.give unknown operation "loans.give"'),
      ],
    },
    {
      given: 'a problem that no response lists',
      parts: { components: { 'x-problems': { spare: { when: 'rate' } } } },
      want: [
        '/components/x-problems/spare no response lists the problem "spare"; list it under x-problems of a response, or remove it',
      ],
    },
  ];
  test.each(cases)('$given', ({ parts, want }) => {
    expect(flawsOf(parts)).toEqual(want);
  });

  test('where none is defined', () => {
    const parts = { more: { components: { 'x-problems': COMPONENTS['x-problems'] }, security: [] } };
    const without = { security: [], 'x-effect': { read: 'book' }, responses: {} };
    const flaws = flawsOf({ ...parts, list: without, add: without, create: without });
    expect(flaws).toContain(`${BOOKS}/x-effect/read unknown resource "book"; none is defined`);
  });
});

describe('effects', () => {
  const list = (effect: JsonObject) => ({ list: { 'x-effect': effect } });
  const add = (effect: JsonObject) => ({ add: { 'x-effect': effect } });
  const SIDES = 'expected one of member, book';
  const cases: readonly { given: string; parts: Parts; want: readonly string[] }[] = [
    {
      given: 'on an unknown relation',
      parts: list({ list: 'lones', of: { member: 'id' } }),
      want: [`${LOANS}/get/x-effect/list unknown relation "lones"; expected one of loans`],
    },
    {
      given: 'on an unknown resource',
      parts: { create: { 'x-effect': { create: 'bok' } } },
      want: [
        `${BOOKS}/x-effect/create unknown resource "bok"; expected one of member, book, desk`,
        expect.stringContaining('"book-taken" cannot occur at "books.create"'),
        expect.stringContaining('"books-full" cannot occur at "books.create"'),
      ],
    },
    {
      given: 'of something that is not a side, by an unknown parameter',
      parts: list({ list: 'loans', of: { member: 'id', desk: 'desk' }, unknown: { desk: 'succeed' } }),
      want: [
        `${LOANS}/get/x-effect/of/desk unknown side of "loans" "desk"; ${SIDES}`,
        `${LOANS}/get/x-effect/of/desk unknown path parameter "desk"; expected one of id`,
      ],
    },
    {
      given: 'with a query that names something that is not a side, by an optional parameter',
      parts: list({ list: 'loans', of: { member: 'id' }, query: { desk: 'page' }, unknown: { desk: 'succeed' } }),
      want: [
        `${LOANS}/get/x-effect/query/desk unknown side of "loans" "desk"; ${SIDES}`,
        `${LOANS}/get/x-effect/query/desk unknown required query parameter "page"; none is defined`,
      ],
    },
    {
      given: 'an item within something that the body lacks',
      parts: { create: { 'x-effect': { create: 'book', within: 'data' } } },
      want: [expect.stringContaining(`${BOOKS}/x-effect/within unknown property of the request body "data"`)],
    },
    {
      given: 'each of something that is not a side',
      parts: add({ ...ADD['x-effect'], each: { book: '/books', desk: '/books' }, unknown: { desk: 'succeed' } }),
      want: [`${LOANS}/post/x-effect/each/desk unknown side of "loans" "desk"; ${SIDES}`],
    },
    {
      given: 'each of what is neither a list nor a text',
      parts: add({ ...ADD['x-effect'], each: { book: '/one' } }),
      want: [
        `${LOANS}/post/x-effect/each/book "/one" names nothing in the request body; expected a property of type array or string`,
      ],
    },
    {
      given: 'each of a missing property',
      parts: add({ ...ADD['x-effect'], each: { book: '/books/missing' } }),
      want: [expect.stringContaining('"/books/missing" names nothing in the request body')],
    },
    {
      given: 'that adds without all sides',
      parts: add({ add: 'loans', of: { member: 'id' } }),
      want: [
        `${LOANS}/post/x-effect "book" of "loans" is not bound; expected it under "of" or "each"`,
        `${LOANS}/post/responses/404/x-problems "no-book" cannot occur at "loans.add": no request causes it; remove it, or give the operation what the cause needs`,
      ],
    },
    {
      given: 'that removes without all sides',
      parts: add({ remove: 'loans', of: { member: 'id' } }),
      want: [
        expect.stringContaining('"book" of "loans" is not bound'),
        expect.stringContaining('"no-book" cannot occur'),
        expect.stringContaining('"loans-full" cannot occur'),
      ],
    },
    {
      given: 'that lists with all sides bound',
      parts: list({ list: 'loans', of: { member: 'id', book: 'id' }, unknown: { book: 'succeed' } }),
      want: [`${LOANS}/get/x-effect a listing of "loans" needs exactly one unbound side, received 0`],
    },
    {
      given: 'without a response for an unknown side',
      parts: { add: { responses: { ...ADD.responses, '404': response('no-member') } } },
      want: [
        `${LOANS}/post/x-effect no response is defined for an unknown "book": list a problem with when: {unknown: book}, or set unknown: {book: succeed}`,
        expect.stringContaining('no response lists the problem "no-book"'),
      ],
    },
    {
      given: 'with an unknown side that succeeds',
      parts: {
        add: {
          'x-effect': { ...ADD['x-effect'], unknown: { book: 'succeed' } },
          responses: { ...ADD.responses, '404': response('no-member', 'no-book') },
        },
      },
      want: [],
    },
    {
      given: 'of the provider',
      parts: { list: { 'x-effect': { hook: 'any' } } },
      want: [expect.stringContaining('"no-member" cannot occur')],
    },
  ];
  test.each(cases)('$given', ({ parts, want }) => {
    expect(flawsOf(parts)).toEqual(want);
  });
});

describe('a problem that cannot occur', () => {
  const wrong = (name: string, operation: string) =>
    expect.stringContaining(`"${name}" cannot occur at "${operation}"`);
  const withProblem = (operation: typeof LIST | typeof ADD | typeof CREATE, ...names: readonly string[]) => ({
    responses: { ...operation.responses, '499': response(...names) },
  });
  const cases: readonly { given: string; parts: Parts; want: readonly unknown[] }[] = [
    {
      given: 'a token problem without security',
      parts: { create: { security: [] } },
      want: [wrong('no-token', 'books.create'), wrong('no-scope', 'books.create')],
    },
    {
      given: 'a rate problem without a rate limit',
      parts: { more: { 'x-rate-limit': null } },
      want: [wrong('slower', 'loans.list'), wrong('slower', 'loans.add'), wrong('slower', 'books.create')],
    },
    {
      given: 'a body problem without a body',
      parts: { list: withProblem(LIST, 'bad-body') },
      want: [wrong('bad-body', 'loans.list')],
    },
    {
      given: 'a path problem without parameters',
      parts: { create: withProblem(CREATE, 'bad-path') },
      want: [wrong('bad-path', 'books.create')],
    },
    { given: 'a query problem without parameters', parts: { create: withProblem(CREATE, 'bad-query') }, want: [] },
    {
      given: 'a page problem without pages',
      parts: { add: withProblem(ADD, 'beyond') },
      want: [wrong('beyond', 'loans.add')],
    },
    {
      given: 'an unknown item that nothing names',
      parts: { create: withProblem(CREATE, 'no-member') },
      want: [wrong('no-member', 'books.create')],
    },
    {
      given: 'an unknown item that a foreign key names',
      parts: {
        create: withProblem(CREATE, 'no-member'),
        components: { 'x-resources': { book: { ...COMPONENTS['x-resources'].book, refers: { owner: 'member' } } } },
      },
      want: [],
    },
    {
      given: 'a duplicate of another resource',
      parts: { add: withProblem(ADD, 'book-taken') },
      want: [wrong('book-taken', 'loans.add')],
    },
    {
      given: 'a duplicate at an update',
      parts: { create: { 'x-effect': { update: 'book' } } },
      want: [wrong('books-full', 'books.create')],
    },
    {
      given: 'a full relation at a listing',
      parts: { list: withProblem(LIST, 'loans-full') },
      want: [wrong('loans-full', 'loans.list')],
    },
    {
      given: 'without an effect everything',
      parts: { create: { 'x-effect': null, ...withProblem(CREATE, 'beyond', 'no-book') } },
      want: [],
    },
  ];
  test.each(cases)('$given', ({ parts, want }) => {
    expect(flawsOf(parts)).toEqual(want);
  });

  test('a shared response may list problems that some of its operations cannot have', () => {
    const shared = { $ref: '#/components/responses/Shared' };
    const components = { responses: { Shared: response('no-member', 'no-book', 'beyond') } };
    const list = { responses: { ...LIST.responses, '404': shared } };
    const add = { responses: { ...ADD.responses, '404': shared } };
    expect(flawsOf({ components, list, add })).toEqual([]);
  });
});

describe('refusals that are owed', () => {
  const { '401': _token, '403': _scope, ...tokenless } = CREATE.responses;
  const missing = (to: string, status: number, when: string) =>
    `${BOOKS}/responses no response is defined for ${to}: add a response ${status} whose x-problems list a problem with when: ${when}`;
  const token = missing('a request without a valid token', 401, '{token: other}');
  const scope = missing('a token without the required scopes', 403, 'scope');
  const query = missing('an invalid query', 400, '{invalid: query}');
  const withQuery = (schema: JsonObject) => ({
    parameters: [{ name: 'q', in: 'query', schema }],
    requestBody: null,
    responses: { ...refusals, '409': response('book-taken', 'books-full') },
  });
  const cases: readonly { given: string; create: JsonObject; want: readonly string[] }[] = [
    { given: 'with scopes', create: { responses: tokenless }, want: [token, scope] },
    { given: 'without scopes', create: { security: [{ key: [] }], responses: tokenless }, want: [token] },
    {
      given: 'without security',
      create: { security: [], responses: { ...tokenless, '429': response('slower') } },
      want: [],
    },
    {
      given: 'by problems at another status',
      create: { responses: { ...tokenless, '404': response('no-token', 'no-scope') } },
      want: [],
    },
    {
      given: 'by statuses without problems',
      create: { responses: { ...tokenless, '401': response(), '403': response() } },
      want: [],
    },
    { given: 'by a range', create: { responses: { ...tokenless, '4XX': response() } }, want: [] },
    { given: 'by another range', create: { responses: { ...tokenless, '5XX': response() } }, want: [token, scope] },
    { given: 'by the default', create: { responses: { ...tokenless, default: response() } }, want: [] },
    { given: 'of a query of any text', create: withQuery({ type: 'string' }), want: [] },
    { given: 'of a query with a number', create: withQuery({ type: 'integer' }), want: [query] },
    { given: 'of a query with a list of words', create: withQuery({ type: 'string', enum: ['a'] }), want: [query] },
    { given: 'of a query with a length', create: withQuery({ type: 'string', minLength: 1 }), want: [query] },
  ];
  test.each(cases)('$given', ({ create, want }) => {
    expect(flawsOf({ create })).toEqual(want);
  });

  test.each(['pattern', 'format', 'maxLength', 'const', 'allOf', 'anyOf', 'oneOf'])('of a query with %s', (keyword) => {
    const values: Readonly<Record<string, Json>> = { pattern: 'a', format: 'date', maxLength: 3, const: 'a' };
    expect(flawsOf({ create: withQuery({ type: 'string', [keyword]: values[keyword] ?? [{}] }) })).toEqual([query]);
  });

  test('of a query whose schema is a reference, or beside parameters of other places', () => {
    const components = { schemas: { Text: { type: 'string' } } };
    expect(flawsOf({ components, create: withQuery({ $ref: '#/components/schemas/Text' }) })).toEqual([query]);
    const header = { name: 'h', in: 'header', schema: { type: 'integer' } };
    const free = withQuery({ type: 'string' });
    expect(flawsOf({ create: { ...free, parameters: [...free.parameters, header] } })).toEqual([]);
    const number = withQuery({ type: 'integer' });
    expect(flawsOf({ create: { ...number, parameters: [header, ...number.parameters] } })).toEqual([query]);
  });

  test('by problems of input at another status, each for its own part', () => {
    const { '400': _bad, ...others } = CREATE.responses;
    const bodyMissing = missing('an invalid body', 400, '{invalid: body}');
    const at422 = (name: string) => ({ responses: { ...others, '422': response(name) } });
    const unlisted = expect.stringContaining('no response lists the problem');
    expect(flawsOf({ create: at422('bad-body') })).toEqual([]);
    expect(flawsOf({ create: at422('bad-query') })).toEqual([bodyMissing]);
    expect(flawsOf({ create: at422('slower') })).toEqual([bodyMissing]);
    const input = withQuery({ type: 'integer' });
    const queryAt = (name: string) => ({ ...input, responses: { ...input.responses, '422': response(name) } });
    expect(flawsOf({ create: queryAt('bad-query') })).toEqual([]);
    expect(flawsOf({ create: queryAt('slower') })).toEqual([query]);
    expect(flawsOf({ create: { ...CREATE, ...at422('bad-body') }, add: { responses: {} } })).toContainEqual(unlisted);
  });

  test('of an operation without an effect, none', () => {
    expect(
      flawsOf({ create: { 'x-effect': null, responses: { '201': response('bad-body', 'book-taken', 'books-full') } } }),
    ).toEqual([]);
  });
});
