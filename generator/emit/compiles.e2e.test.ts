import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadContract } from '../../contract/load/load.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { planClient } from '../client/plan.js';
import { compile, compilers, placeFiles } from '../test-support/compile.js';
import { exerciseClient } from '../test-support/exercise.js';
import { emitFiles } from './emit-files.js';
import { startEmitThread } from './emit-thread.js';
import type { GeneratedFile } from './generated-file.js';

const root = packageRoot();
const documents = join(root, 'generator', 'test-support', 'documents');
const official = join(root, '..', 'shared', 'evidence', 'official-openapi.json');

/** All code emitted for a document, in a separate folder, and a file that calls each operation once. */
async function emitInto(folder: string, spec: string): Promise<readonly GeneratedFile[]> {
  const { contract } = await loadContract(spec);
  const { files } = await emitFiles({ spec, allowRef: [] }, startEmitThread(), new Map());
  const exercise = { path: 'exercise.ts', text: exerciseClient(planClient(contract)) };
  return [...files.filter(({ path }) => path.endsWith('.ts')), exercise].map(({ path, text }) => ({
    path: `${folder}/${path}`,
    text,
  }));
}

/** What the types say of content types, streams of values, files, and lists in a path. */
const choices = `import type { Client, Connection } from './client.js';
import { filesUpload, reportsGet } from './functions.js';

export async function choose(client: Client, connection: Connection): Promise<void> {
  const json = await client.reports.get([1, 2]);
  if (json.ok) json.data.total satisfies number;
  const csv = await client.reports.get([1], { path: '/a' }, { accept: 'text/csv' });
  if (csv.ok) csv.data satisfies string;
  const pdf = await reportsGet(connection, [1], {}, { accept: 'application/pdf' });
  if (pdf.ok) pdf.data satisfies ReadableStream<Uint8Array> | null;
  // @ts-expect-error not a content type of the response
  await client.reports.get([1], {}, { accept: 'text/html' });

  const events = await client.events.watch();
  if (events.ok) for await (const { data, id } of events.data) [data.kind, id] satisfies string[];
  const lines = await client.log.read();
  if (lines.ok) for await (const { line } of lines.data) line satisfies string;

  await client.files.upload({ body: { url: 'https://a.example' } });
  await client.files.upload(
    { body: { file: new Blob(['a']), pages: [new Blob(['b'])], note: 'c' }, query: { folder: 'd' } },
    { contentType: 'multipart/form-data' },
  );
  await filesUpload(connection, { body: new FormData() }, { contentType: 'multipart/form-data' });
  // @ts-expect-error a file is not text
  await filesUpload(connection, { body: { file: 'a' } }, { contentType: 'multipart/form-data' });
  // @ts-expect-error a GET has no body
  await client.search({ body: {} });
}
`;

/** What the types say of methods, queries and streams that OpenAPI 3.2 adds. */
const additions = `import type { Client } from './client.js';
import type { paths } from './types.js';

export async function use({ library }: Client): Promise<void> {
  const found = await library.books.findBooks({ title: 'Emma' });
  if (found.ok) found.data[0]?.title satisfies string | undefined;
  // @ts-expect-error the title is required
  await library.books.findBooks({});
  const copy = await library.books.copyBooksId('a');
  if (copy.ok) copy.data.id satisfies string;
  await library.books.search({ title: 'Emma', year: 1815 });
  await library.books.search('title=Emma');
  // @ts-expect-error the title is required
  await library.books.search({ year: 1815 });
  const news = await library.news();
  if (news.ok) {
    for await (const item of news.data) {
      if (item.event === 'arrived') item.data.title satisfies string;
      else item.data satisfies string;
    }
  }
  const log = await library.log();
  if (log.ok) for await (const { line } of log.data) line satisfies string;
}

export type Copied = paths['/books/{id}']['COPY']['responses'][201]['content']['application/json']['title'];
`;

let placed: ReturnType<typeof placeFiles>;

beforeAll(async () => {
  const emitted = await Promise.all([
    emitInto('ours', join(root, 'spec', 'openapi.yaml')),
    emitInto('hostile-names-without-keywords', join(documents, 'hostile.yaml')),
    emitInto('openapi-3.0', join(documents, 'old.json')),
    emitInto('streams', join(documents, 'streams.yaml')),
    emitInto('openapi-3.2', join(root, 'test-support', 'shapes', 'openapi-3.2.yaml')),
  ]);
  placed = placeFiles([
    ...emitted.flat(),
    { path: 'streams/choices.ts', text: choices },
    { path: 'openapi-3.2/additions.ts', text: additions },
  ]);
}, 120_000);
afterAll(() => placed.remove());

test.each(Object.keys(compilers) as (keyof typeof compilers)[])(
  'what is emitted compiles under TypeScript %s, with every operation called once',
  async (version) => expect(await compile(placed.folder, version)).toBe(''),
  120_000,
);

test('it compiles with the types of Node instead of those of the browser', async () => {
  expect(await compile(placed.folder, '7.0', 'node')).toBe('');
});

test('it compiles in projects that declare types in isolation', async () => {
  const changes = { isolatedDeclarations: true, declaration: true };
  const errors = await compile(placed.folder, '7.0', 'browser', changes);
  expect(errorsOfClients(errors)).toEqual([]);
});

test('it compiles in projects without strictNullChecks', async () => {
  const changes = { strictNullChecks: false, exactOptionalPropertyTypes: false };
  const errors = await compile(placed.folder, '7.0', 'browser', changes);
  expect(errorsOfClients(errors)).toEqual([]);
});

/** The errors in generated files; the exercise is written for the strictest options. */
function errorsOfClients(errors: string): readonly string[] {
  return errors.split('\n').filter((line) => /^\S+\.ts\(/.test(line) && !line.includes('exercise.ts'));
}

test('the whole official document compiles', async ({ skip }) => {
  if (!existsSync(official)) skip(`missing: ${official}`);
  const { folder, remove } = placeFiles(await emitInto('official', official));
  // It is thirty times as large as ours, so only the fastest compiler is used.
  expect(await compile(folder, '7.0')).toBe('');
  remove();
}, 120_000);
