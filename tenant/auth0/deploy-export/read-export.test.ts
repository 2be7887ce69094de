import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDeployExport } from './read-export.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-export-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const mail = (body: unknown, name = 'email') => ({ name, options: { a: 1, email: { subject: 's', body } } });

test('folders have a file or a folder for each item, under the keys of the YAML form', async () => {
  await write({
    'clients/B.json': { name: 'B' },
    'clients/A.json': { name: 'A' },
    'clients/note.txt': 'x',
    'clients/.hidden.json': { name: 'H' },
    'resource-servers/T.json': { name: 'T' },
    'grants/g.json': { client_id: 'A' },
    'database-connections/people/database.json': { name: 'people' },
    'database-connections/people/login.js': 'x',
    'actions/none.txt': 'x',
    'pages/list.json': [1],
    'tenant.json': { friendly_name: 'Travel0' },
    'readme.md': 'x',
  });
  expect(await readDeployExport(folder)).toEqual({
    clients: [{ name: 'A' }, { name: 'B' }],
    resourceServers: [{ name: 'T' }],
    clientGrants: [{ client_id: 'A' }],
    databases: [{ name: 'people' }],
    pages: [{ name: 'list.json' }],
    tenant: [{ friendly_name: 'Travel0' }],
  });
});

test.each(['tenant.yaml', 'tenant.yml'])('%s is read from its folder, and by its own path', async (name) => {
  await write({
    [name]: { clients: [{ name: 'A' }, 7], tenant: { x: 1 }, none: null },
    'clients/B.json': { name: 'B' },
  });
  const want = { clients: [{ name: 'A' }], tenant: [{ x: 1 }], none: [] };
  expect(await readDeployExport(folder)).toEqual(want);
  expect(await readDeployExport(join(folder, name))).toEqual(want);
});

test.each<[string, unknown, unknown]>([
  ['a file beside it', mail('./email.html'), mail('<p>')],
  ['a file that is not there', mail('./none.html'), mail('./none.html')],
  ['a text that is no file', mail('email.html'), mail('email.html')],
  ['another kind of file', mail('./email.htm'), mail('./email.htm')],
  ['several lines', mail('./a\n.html'), mail('./a\n.html')],
  ['no text', mail(7), mail(7)],
  ['no mail', { name: 'a', options: { email: 7 } }, { name: 'a', options: { email: 7 } }],
  ['no options', { name: 'a', options: 7 }, { name: 'a', options: 7 }],
])('the text of mails that is %s', async (_, given, want) => {
  await write({ 'connections/email.json': given, 'connections/email.html': '<p>' });
  expect(await readDeployExport(folder)).toEqual({ connections: [want] });
  await write({ 'tenant.yaml': { connections: [given] } });
  expect(await readDeployExport(folder)).toEqual({ connections: [want] });
});

test.each<[string, Readonly<Record<string, unknown>>, string, string]>([
  ['nothing', {}, '', 'expected tenant.yaml or folders such as clients, found neither'],
  ['other folders', { 'a/b.json': {} }, '', 'expected tenant.yaml or folders such as clients, found neither'],
  ['empty folders', { 'clients/a.txt': 'x' }, '', 'expected tenant.yaml or folders such as clients, found neither'],
  ['a list', { 'tenant.yaml': '[]' }, 'tenant.yaml', 'expected an object with lists such as clients'],
  ['no such folder', {}, 'none', 'there is no such file'],
])('%s is no export', async (_, files, path, reason) => {
  await write(files);
  const place = path === '' ? folder : join(folder, path);
  await expect(readDeployExport(place)).rejects.toMatchObject({
    code: 'TENANT_IMPORT',
    message: `cannot import "${place}" (--import): ${reason}; pass a folder that "a0deploy export" wrote`,
  });
});
