import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { LIBRARY } from '../../contract/test-support/library.js';
import { writeFiles } from '../../contract/test-support/write-files.js';
import { emitFiles, RunMemory } from './emit-files.js';
import { startEmitThread } from './emit-thread.js';
import type { GeneratedFile } from './generated-file.js';

const ROOT = 'openapi.yaml';
const LOANS = 'paths/loans.yaml';
const PARTS = 'parts.yaml';

const files = new Map(
  Object.entries({
    ...LIBRARY,
    [ROOT]: `${LIBRARY[ROOT]}  x-tasks:
    lend: {title: Lend books, operation: members.loans.add, about: 'See [](operation:members.loans.list).', check: 'See [the loans](operation:members.loans.list).'}
`,
  }),
);
const folder = writeFiles(Object.fromEntries(files));
afterAll(() => rmSync(folder, { recursive: true }));

/** One that keeps types, as in a watch, and one that does not. */
const [watching, fresh] = [startEmitThread(true), startEmitThread()];
const memory = new RunMemory();

async function emit(options: { memory?: RunMemory } = {}): Promise<readonly GeneratedFile[]> {
  const spec = join(folder, ROOT);
  const thread = options.memory === undefined ? fresh : watching;
  return (await emitFiles({ spec, allowRef: [], strict: false }, thread, new Map(), options)).files;
}

function edit(file: string, from: string | RegExp, to: string): void {
  const before = files.get(file) ?? '';
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(join(folder, file), after);
  files.set(file, after);
}

const textOf = ({ path, text }: GeneratedFile) => ({ path, text });

test('a change of one path keeps the pages of others', async () => {
  const before = await emit({ memory });
  edit(ROOT, 'operationId: status.get', 'operationId: status.get\n      summary: Ask for the status');
  const after = await emit({ memory });
  const changed = after.filter((file, index) => /^docs\/(?!guides|README)/.test(file.path) && file !== before[index]);
  expect(changed.map(({ path }) => path)).toEqual(['docs/status.get.md']);
});

/** Each is made to what the ones before have left. */
test.each([
  { what: 'nothing', change: () => {} },
  { what: 'a summary', change: () => edit(LOANS, 'What a member has borrowed', 'What a member has') },
  { what: 'a summary to nothing', change: () => edit(LOANS, '  summary: What a member has\n', '') },
  { what: 'a description', change: () => edit(LOANS, 'description: Lent', 'description: Lent out') },
  { what: 'a property', change: () => edit(LOANS, 'properties: {books:', 'properties: {desk: {type: string}, books:') },
  { what: 'an example', change: () => edit(LOANS, "books: ['1']", "books: ['1', '2']") },
  { what: 'a tag', change: () => edit(LOANS, /(operationId: members.loans.add)/, '$1\n  tags: [desk]') },
  {
    what: 'security',
    change: () => edit(LOANS, "security: [{desk: ['lend:books']}]", "security: [{desk: ['read:loans']}]"),
  },
  { what: 'no security at all', change: () => edit(ROOT, 'security: []', "security: [{desk: ['lend:books']}]") },
  {
    what: 'a parameter of a component',
    change: () => edit(PARTS, 'required: true, schema', 'required: true, example: m1, schema'),
  },
  { what: 'a shared schema', change: () => edit(PARTS, 'next: {$ref', 'title: {type: string}, next: {$ref') },
  { what: 'evidence', change: () => edit(LOANS, 'seen: 7', 'seen: 8') },
  {
    what: 'a deprecated operation',
    change: () => edit(LOANS, /(operationId: members.loans.add)/, '$1\n  deprecated: true'),
  },
  { what: 'another status', change: () => edit(LOANS, "'204': {description", "'201': {description") },
  { what: 'an effect', change: () => edit(LOANS, 'as: loans}', 'as: loans, consistency: eventual}') },
  { what: 'a text of a task', change: () => edit(ROOT, 'See [the loans]', 'Look at [the loans]') },
  {
    what: 'a name that another operation has',
    change: () => edit(ROOT, 'operationId: status.get', 'operationId: Members.loans.list'),
  },
  {
    what: 'an added path',
    change: () =>
      edit(ROOT, '  /status:', '  /up: {get: {security: [], responses: {200: {description: Up}}}}\n  /status:'),
  },
  {
    what: 'a reference into a path',
    change: () => edit(ROOT, '200: {description: Up}', "200: {$ref: '#/paths/~1status/get/responses/200'}"),
  },
  {
    what: 'the target of that reference',
    change: () => edit(ROOT, "'200': {description: Up}", "'200': {description: It is up}"),
  },
  {
    what: 'a removed operation',
    change: () =>
      edit(
        ROOT,
        /\n {4}get:\n {6}operationId: M[\s\S]*?\ncomponents/,
        '\n    get: {responses: {200: {description: Up}}}\ncomponents',
      ),
  },
  { what: 'the title', change: () => edit(ROOT, 'title: Library', 'title: Books') },
])('after a change of $what, a run with memory emits what a run without it emits', async ({ change }) => {
  change();
  expect((await emit({ memory })).map(textOf)).toEqual((await emit()).map(textOf));
});
