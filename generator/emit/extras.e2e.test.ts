import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MutationObserver, QueryClient } from '@tanstack/react-query';
import { build } from 'esbuild';
import { HttpResponse, type RequestHandler } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { loadContract } from '../../contract/load/load.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { createTenant } from '../../tenant/tenant.js';
import { planClient } from '../client/plan.js';
import { compile, placeFiles } from '../test-support/compile.js';
import { emitExtras } from './emit-extras.js';
import { emitFiles } from './emit-files.js';
import { startEmitThread } from './emit-thread.js';
import type { GeneratedFile } from './generated-file.js';

/** What `--validators`, `--msw` and `--query` write compiles with the real libraries, for documents of several shapes. */

const SHAPES = join(packageRoot(), 'test-support', 'shapes');

/** Those that these modules read in different ways; `npm run corpus` does all. */
const CHOSEN = [
  'all-of-with-bounds',
  'collection-and-item',
  'discriminator-in-all-of',
  'event-stream',
  'head-and-options',
  'no-operation-ids',
  'odd-enums',
  'odd-property-names',
  'openapi-3.2',
  'patterns',
  'recursive-schema',
  'several-request-types',
  'several-response-types',
  'styles-of-parameters',
  'type-lists',
];

async function emitAll(name: string, spec: string): Promise<readonly GeneratedFile[]> {
  const { files } = await emitFiles(
    { spec, allowRef: [], extras: { validators: 'zod', msw: true, query: 'tanstack' } },
    startEmitThread(),
    new Map(),
  );
  const { contract } = await loadContract(spec);
  const code = files.filter(({ path }) => path.endsWith('.ts'));
  for await (const { text } of emitExtras(contract, planClient(contract), { validators: 'valibot' })) {
    code.push({ path: 'valibot.ts', text });
  }
  return code.map(({ path, text }) => ({ path: `${name}/${path}`, text }));
}

let placed: ReturnType<typeof placeFiles>;

beforeAll(async () => {
  const shapes = CHOSEN.map((shape) => emitAll(shape, join(SHAPES, `${shape}.yaml`)));
  const own = emitAll('ours', join(packageRoot(), 'spec', 'openapi.yaml'));
  const typedUse = { path: 'collection-and-item/use.ts', text: typed };
  placed = placeFiles([...(await Promise.all([...shapes, own])).flat(), typedUse]);
}, 240_000);
afterAll(() => placed.remove());

/** What the types say of schemas, handlers and queries. */
const typed = `import { QueryClient } from '@tanstack/react-query';
import { HttpResponse } from 'msw';
import * as z from 'zod';
import { getBookHandler, handlers } from './msw.js';
import { createBookMutation, getBookQuery } from './queries.js';
import { Book, CreateBookBody } from './validators.js';

export async function use(connection: { baseUrl: string }): Promise<void> {
  const book = await new QueryClient().fetchQuery(getBookQuery(connection, 1));
  book.title satisfies string;
  // @ts-expect-error a book has no such property
  book.subtitle;
  createBookMutation(connection).mutationFn satisfies unknown;
  const parsed: z.infer<typeof Book> = Book.parse(book);
  parsed.id satisfies number;
  Book.extend({ price: z.number() });
  CreateBookBody.parse({ title: 'Emma' }).title satisfies string;
  handlers();
  getBookHandler(({ params }) => HttpResponse.json({ id: Number(params.id), title: 'Emma' }));
  getBookHandler(() => new HttpResponse(null, { status: 404 }));
  // @ts-expect-error a book has a title
  getBookHandler(() => HttpResponse.json({ id: 1 }));
}
`;

test('all of it compiles', async () => {
  expect(await compile(placed.folder, '7.0')).toBe('');
}, 240_000);

/** Bundles a module that was generated, and imports it. The libraries are those that this test imports. */
async function imported<Module>(file: string): Promise<Module> {
  const outfile = join(placed.folder, `${file}.mjs`);
  await build({
    entryPoints: [join(placed.folder, `${file}.ts`)],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
  });
  return import(pathToFileURL(outfile).href) as Promise<Module>;
}

interface BookSchemas {
  readonly Book: { parse(value: unknown): unknown };
}

interface BookHandlers {
  handlers(baseUrl?: string): RequestHandler[];
  tenantHandlers(tenant: { fetch(request: Request): Promise<Response> }): RequestHandler[];
  getBookHandler(resolver: () => Response): RequestHandler;
}

interface BookQueries {
  getBookQuery(connection: object, id: number): { readonly queryKey: readonly unknown[] };
  createBookMutation(connection: object): object;
}

test('schemas of zod parse, and keep what the contract does not name', async () => {
  const { Book } = await imported<BookSchemas>('collection-and-item/validators');
  const book = { id: 1, title: 'Emma', more: true };
  expect(Book.parse(book)).toEqual(book);
  expect(() => Book.parse({ id: 'a' })).toThrow();
});

describe('handlers of MSW', () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  const answerOf = async (path: string, init?: RequestInit) => {
    const response = await fetch(`https://library.example${path}`, init);
    return [response.status, await response.text()];
  };

  test('answer every operation with an example, and one with what a test says', async () => {
    const { handlers, getBookHandler } = await imported<BookHandlers>('collection-and-item/msw');
    server.use(...handlers());
    expect(await answerOf('/books/1')).toEqual([200, expect.stringMatching(/^\{"id":\d+,"title":".+"\}$/)]);
    expect(await answerOf('/books', { method: 'POST' })).toEqual([201, expect.stringContaining('"title"')]);
    expect(await answerOf('/books/1', { method: 'DELETE' })).toEqual([204, '']);
    server.use(getBookHandler(() => HttpResponse.json({ id: 7, title: 'Persuasion' })));
    expect(await answerOf('/books/7')).toEqual([200, '{"id":7,"title":"Persuasion"}']);
  });

  test('know methods that MSW does not, and prefer fixed segments', async () => {
    const { handlers } = await imported<BookHandlers>('openapi-3.2/msw');
    server.use(...handlers('https://library.example'));
    const [status, text] = await answerOf('/v1/books', { method: 'QUERY', body: '{}' });
    expect([status, JSON.parse(String(text))]).toEqual([200, [{ id: 'a', title: 'Emma' }]]);
    expect(await answerOf('/v1/books/a', { method: 'COPY' })).toEqual([201, expect.stringContaining('"title"')]);
  });

  test('answer from an embedded tenant', async () => {
    const { tenantHandlers } = await imported<BookHandlers>('collection-and-item/msw');
    const { contract } = await loadContract(join(SHAPES, 'collection-and-item.yaml'));
    server.use(...tenantHandlers(await createTenant(contract)));
    const headers = { 'content-type': 'application/json' };
    const [status, text] = await answerOf('/books', { method: 'POST', body: '{"title":"Emma"}', headers });
    const { id } = JSON.parse(String(text)) as { readonly id: number };
    expect([status, await answerOf(`/books/${id}`)]).toEqual([201, [200, expect.stringContaining('"title"')]]);
  });

  test('serve queries and mutations of TanStack Query', async () => {
    const [{ handlers }, { getBookQuery, createBookMutation }] = await Promise.all([
      imported<BookHandlers>('collection-and-item/msw'),
      imported<BookQueries>('collection-and-item/queries'),
    ]);
    server.use(...handlers());
    const client = new QueryClient();
    const connection = { baseUrl: 'https://library.example' };
    const options = getBookQuery(connection, 1);
    const book = await client.fetchQuery({ ...options });
    expect(options.queryKey).toEqual(['getBook', 1]);
    expect(client.getQueryData(options.queryKey)).toBe(book);
    expect(book).toMatchObject({ title: expect.any(String) });
    const mutation = new MutationObserver(client, createBookMutation(connection));
    expect(await mutation.mutate({ body: { title: 'Emma' } } as never)).toMatchObject({ title: expect.any(String) });
  });

  test('a failure is an error of the query', async () => {
    const [{ getBookHandler }, { getBookQuery }] = await Promise.all([
      imported<BookHandlers>('collection-and-item/msw'),
      imported<BookQueries>('collection-and-item/queries'),
    ]);
    server.use(getBookHandler(() => new HttpResponse(null, { status: 404 })));
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const query = client.fetchQuery({ ...getBookQuery({ baseUrl: 'https://library.example' }, 1) });
    await expect(query).rejects.toMatchObject({ name: 'ResponseError' });
  });
});
