import { expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { readContract } from '../../../contract/read/read.js';
import { planClient } from '../../client/plan.js';
import { emitClient } from './client.js';
import { emitFunctions } from './functions.js';
import { emitOperations } from './operations.js';
import { emitRoutes } from './routes.js';
import { emitServer, planAccess } from './server.js';

const fault = { 'application/json': { schema: { $ref: '#/components/schemas/Fault' } } };
const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Library', version: '1' },
  servers: [{ url: 'https://books.example/v1' }],
  paths: {
    '/shelves/{id}/books': {
      parameters: [{ name: 'id', in: 'path', required: true, description: 'The shelf.', schema: { type: 'string' } }],
      post: {
        operationId: 'shelves.books.add',
        summary: 'Put books on a shelf',
        description: 'Books that are on the shelf already are not moved.',
        security: [{ card: ['write:shelves'] }, { card: ['read:shelves', 'write:books'] }],
        'x-effect': { add: 'shelved', of: { shelf: 'id' }, each: { book: '/books' } },
        requestBody: {
          required: true,
          description: 'The books.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Books' } } },
        },
        responses: {
          '204': { description: 'The books are on the shelf.' },
          '404': { description: 'Not there.', content: fault, 'x-problems': ['shelf-unknown', 'book-unknown'] },
        },
        'x-evidence': { '/security/1': { grade: 'disputed', source: 'the old manual' } },
      },
      get: {
        operationId: 'shelves.books.list',
        summary: 'List books',
        'x-effect': { list: 'shelved', of: { shelf: 'id' }, as: 'books' },
        parameters: [
          { name: 'page', in: 'query', schema: { type: 'integer' }, 'x-query': 'page' },
          { name: 'size', in: 'query', schema: { type: 'integer', maximum: 20 }, 'x-query': 'size' },
          { name: 'author', in: 'query', schema: { type: 'string' } },
        ],
        responses: {
          '200': {
            description: 'A page.',
            content: { 'application/json': { schema: { type: 'array', items: { type: 'string' } } } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      card: {
        type: 'oauth2',
        flows: {
          clientCredentials: {
            tokenUrl: 'https://books.example/oauth/token',
            scopes: { 'write:shelves': '', 'read:shelves': '', 'write:books': '' },
          },
        },
      },
    },
    schemas: {
      Books: {
        type: 'object',
        required: ['books'],
        properties: { books: { type: 'array', minItems: 1, maxItems: 3, items: { type: 'string' } } },
      },
      Fault: { type: 'object', properties: { code: { type: 'string', 'x-value': 'error-code' } } },
    },
    'x-resources': { shelf: { key: 'id' }, book: { key: 'id' } },
    'x-relations': { shelved: { between: ['shelf', 'book'], limits: [{ per: ['shelf'], max: 40, disputed: 50 }] } },
    'x-problems': {
      'shelf-unknown': { when: { unknown: 'shelf' }, errorCode: 'no_shelf', message: 'No such shelf.' },
      'book-unknown': { when: { unknown: 'book' }, message: 'No such book.' },
    },
  },
};
const contract = readContract(document);
const plan = planClient(contract);

test('the client of a small contract', () => {
  const { text } = emitClient(contract, plan);
  expect(text.slice(text.indexOf('/** The options of'))).toMatchInlineSnapshot(`
    "/** The options of \`createClient\`. */
    export type ClientOptions = ConnectionOptions<ClientCredentials>;

    export type ShelvesBooksListQuery = NonNullable<operations['shelves.books.list']['parameters']['query']>;
    export type ShelvesBooksListData = operations['shelves.books.list']['responses'][200]['content']['application/json'];
    export type ShelvesBooksListItem = ItemOf<ShelvesBooksListData, 'books'>;
    export type ShelvesBooksListFailure = Unexpected;
    export type ShelvesBooksListResult = Success<200, ShelvesBooksListData> | ShelvesBooksListFailure;
    export type ShelvesBooksAddBody = operations['shelves.books.add']['requestBody']['content']['application/json'];
    export type ShelvesBooksAddFailure =
      | Failure<
          404,
          Coded<
            operations['shelves.books.add']['responses'][404]['content']['application/json'],
            'code',
            'no_shelf' | undefined
          >
        >
      | Unexpected;
    export type ShelvesBooksAddResult = Success<204, undefined> | ShelvesBooksAddFailure;

    /** Library */
    export interface Client {
      readonly shelves: Shelves;
    }

    /** \`client.shelves\` */
    export interface Shelves {
      readonly books: ShelvesBooks;
    }

    /** \`client.shelves.books\` */
    export interface ShelvesBooks {
      /**
       * List books.
       *
       * Needs no token.
       *
       * At most 20 per page (\`size\`).
       *
       * - 200: A page.
       *
       * @param shelfId - The shelf.
       * @param query - \`page\`, \`size\`, \`author\`
       * @see docs/shelves.books.list.md
       */
      list(shelfId: string, query?: ShelvesBooksListQuery, options?: RequestOptions): Promise<ShelvesBooksListResult>;
      /**
       * Iterates over all items of \`list\` by page number. Each page is requested when the previous one is used up.
       *
       * Needs no token.
       *
       * @throws ResponseError for a page that is not a success.
       */
      all(
        shelfId: string,
        query?: Omit<ShelvesBooksListQuery, 'page'>,
        options?: RequestOptions,
      ): AsyncGenerator<ShelvesBooksListItem, void>;
      /**
       * Put books on a shelf.
       *
       * Books that are on the shelf already are not moved.
       *
       * Scopes: \`write:shelves\`. Disputed: \`read:shelves\` with \`write:books\`.
       *
       * 1 to 3 \`books\` per request.
       * At most 40 \`shelved\` per shelf (documented; another source says 50).
       *
       * - 204: The books are on the shelf.
       * - 404: Not there. Causes: an unknown shelf (\`no_shelf\`), an unknown book.
       *
       * @param shelfId - The shelf.
       * @param body - The books.
       * @see docs/shelves.books.add.md
       */
      add(shelfId: string, body: ShelvesBooksAddBody, options?: RequestOptions): Promise<ShelvesBooksAddResult>;
      /**
       * Calls \`add\` for any number of entries, at most 3 per request, one request after the other.
       *
       * Not atomic: it stops at the first error, and entries accepted before stay. \`accepted\` counts them, also on errors
       * thrown.
       *
       * Scopes: \`write:shelves\`. Disputed: \`read:shelves\` with \`write:books\`.
       */
      addAll(
        shelfId: string,
        books: readonly NonNullable<ShelvesBooksAddBody['books']>[number][],
        options?: RequestOptions,
      ): Promise<BatchResult<ShelvesBooksAddFailure>>;
    }

    /** Creates a client for Library. Nothing is sent until a method is called. */
    export function createClient(options: ClientOptions): Client {
      return bindRoutes<Client>(routes(), connectTo(server, options));
    }
    "
  `);
});

test('its routes', () => {
  expect(emitRoutes(plan, planAccess(contract, plan)).text).toMatchInlineSnapshot(`
    "// Generated by \`rolecall generate\` from the contract. Do not edit: change the contract instead.

    import type { Routes } from './runtime/route.js';
    import { inQuery } from './runtime/query.js';
    import { allPages, inBatches } from './runtime/repeated.js';
    import { asJson } from './runtime/request-body.js';

    /** A function, so that bundles without the client leave it out. */
    export function routes(): Routes {
      return {
        '': '/v1 /shelves/{id}/books',
        shelves: {
          books: {
            list: ['GET', '', '200', { in: [inQuery], auth: 0, more: { all: allPages(20, 'size', '', 'page') } }],
            add: ['POST', '', '204:none 404', { in: [asJson], more: { addAll: inBatches('books', 3) } }],
          },
        },
      };
    }
    "
  `);
});

test('its server', () => {
  expect(emitServer(plan, planAccess(contract, plan)).text).toMatchInlineSnapshot(`
    "// Generated by \`rolecall generate\` from the contract. Do not edit: change the contract instead.

    import type { Server } from './runtime/route.js';

    export const server: Server = { audience: '/v1/', tokenUrl: 'oauth/token' };
    "
  `);
});

test('its functions', () => {
  expect(emitFunctions(contract, plan, planAccess(contract, plan)).text).toMatchInlineSnapshot(`
    "// Generated by \`rolecall generate\` from the contract. Do not edit: change the contract instead.

    import type * as types from './client.js';
    import { call } from './runtime/call.js';
    import { connectTo } from './runtime/connect.js';
    import { inQuery } from './runtime/query.js';
    import { sendBatches, walkPages } from './runtime/repeated.js';
    import { asJson } from './runtime/request-body.js';
    import { server } from './server.js';

    export {
      ClientError,
      ParameterError,
      RedirectError,
      RequestError,
      ResponseError,
      TokenError,
      UnexpectedResponseError,
    } from './runtime/errors.js';
    export { unwrap } from './runtime/result.js';

    /**
     * Adds retries, and tokens from client credentials, to what the functions send requests with.
     *
     * A connection is also any object with a \`baseUrl\`: then each request is sent once, with the \`token\` that it has.
     *
     * @throws ParameterError if \`baseUrl\` is not a URL that requests can be sent to.
     */
    export function connect(options: types.ClientOptions): types.Connection {
      return connectTo(server, options);
    }

    /**
     * List books.
     *
     * Needs no token.
     *
     * @see \`client.shelves.books.list\` in client.ts, and docs/shelves.books.list.md
     */
    export function shelvesBooksList(
      connection: types.Connection,
      shelfId: string,
      query?: types.ShelvesBooksListQuery,
      options?: types.RequestOptions,
    ): Promise<types.ShelvesBooksListResult> {
      return call(
        connection,
        ['GET', '/v1 /shelves/{id}/books', '200', { in: [inQuery], auth: 0 }],
        [shelfId, query, options],
      );
    }

    /**
     * Iterates over all items of \`list\` by page number. Each page is requested when the previous one is used up.
     *
     * Needs no token.
     *
     * @throws ResponseError for a page that is not a success.
     */
    export function shelvesBooksAll(
      connection: types.Connection,
      shelfId: string,
      query?: Omit<types.ShelvesBooksListQuery, 'page'>,
      options?: types.RequestOptions,
    ): AsyncGenerator<types.ShelvesBooksListItem, void> {
      return walkPages(
        [20, 'size', '', 'page'],
        'books',
        (page) => shelvesBooksList(connection, shelfId, page as types.ShelvesBooksListQuery, options),
        query,
      ) as AsyncGenerator<types.ShelvesBooksListItem, void>;
    }

    /**
     * Put books on a shelf.
     *
     * Scopes: \`write:shelves\`. Disputed: \`read:shelves\` with \`write:books\`.
     *
     * @see \`client.shelves.books.add\` in client.ts, and docs/shelves.books.add.md
     */
    export function shelvesBooksAdd(
      connection: types.Connection,
      shelfId: string,
      body: types.ShelvesBooksAddBody,
      options?: types.RequestOptions,
    ): Promise<types.ShelvesBooksAddResult> {
      return call(
        connection,
        ['POST', '/v1 /shelves/{id}/books', '204:none 404', { in: [asJson] }],
        [shelfId, body, options],
      );
    }

    /**
     * Calls \`add\` for any number of entries, at most 3 per request, one request after the other.
     *
     * Not atomic: it stops at the first error, and entries accepted before stay. \`accepted\` counts them, also on errors
     * thrown.
     *
     * Scopes: \`write:shelves\`. Disputed: \`read:shelves\` with \`write:books\`.
     */
    export function shelvesBooksAddAll(
      connection: types.Connection,
      shelfId: string,
      books: readonly NonNullable<types.ShelvesBooksAddBody['books']>[number][],
      options?: types.RequestOptions,
    ): Promise<types.BatchResult<types.ShelvesBooksAddFailure>> {
      return sendBatches(
        books,
        3,
        (part) => shelvesBooksAdd(connection, shelfId, { books: part } as types.ShelvesBooksAddBody, options),
      ) as Promise<types.BatchResult<types.ShelvesBooksAddFailure>>;
    }
    "
  `);
});

test('its operations table', () => {
  expect(emitOperations(contract, plan).text).toMatchInlineSnapshot(`
    "// Generated by \`rolecall generate\` from the contract. Do not edit: change the contract instead.

    /** All operations of the contract, by id. */
    export const operations = {
      'shelves.books.list': {
        method: 'GET',
        path: '/shelves/{id}/books',
        route: '/v1/shelves/{id}/books',
        summary: 'List books',
        call: 'shelves.books.list',
        page: 'docs/shelves.books.list.md',
        scopes: [],
        disputedScopes: [],
        effect: { kind: 'list', relation: 'shelved', of: { shelf: 'id' }, each: {} },
        limits: { page: { parameter: 'size', most: 20 } },
        pages: 'number',
        statuses: { 200: [] },
      },
      'shelves.books.add': {
        method: 'POST',
        path: '/shelves/{id}/books',
        route: '/v1/shelves/{id}/books',
        summary: 'Put books on a shelf',
        call: 'shelves.books.add',
        page: 'docs/shelves.books.add.md',
        scopes: [['write:shelves']],
        disputedScopes: [['read:shelves', 'write:books']],
        effect: { kind: 'add', relation: 'shelved', of: { shelf: 'id' }, each: { book: '/books' } },
        limits: {
          lists: { '/books': { least: 1, most: 3 } },
          quotas: [{ of: 'shelved', per: ['shelf'], max: 40, disputed: 50, grade: 'documented' }],
        },
        statuses: { 204: [], 404: [{ problem: 'shelf-unknown', errorCode: 'no_shelf' }, { problem: 'book-unknown' }] },
      },
    } as const;

    /** All relations between resources, with their limits. */
    export const relations = {
      shelved: {
        between: ['shelf', 'book'],
        limits: [{ of: 'shelved', per: ['shelf'], max: 40, disputed: 50, grade: 'documented' }],
      },
    } as const;

    export type OperationId = keyof typeof operations;
    export type RelationName = keyof typeof relations;
    "
  `);
});
