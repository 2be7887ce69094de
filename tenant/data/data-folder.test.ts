import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change } from '../store/change.js';
import { dumpOf } from '../store/dump.js';
import type { Entity } from '../store/entity.js';
import { Store } from '../store/store.js';
import { school } from '../test-support/school.js';
import { DataFolder } from './data-folder.js';
import { tenantFileOf } from './tenant-file.js';

/** Longer logs become a base, in bytes. */
const MIN_LOG = 2000;

let folder: string;
let data: DataFolder;
let store: Store;
let ada: Entity;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-data-folder-'));
  store = new Store(school);
  await openAgain();
  await data.introduce(tenantFileOf(school, { clientId: 'id', clientSecret: 'secret', key: { kty: 'RSA' } }));
  data.replace({ store, api: 7 });
  change(() => {
    ada = store.create('student', { id: 'st_1' });
  });
});

afterEach(async () => {
  await data.close();
  await rm(folder, { recursive: true });
});

async function openAgain(): Promise<void> {
  await data?.close();
  data = await DataFolder.open(school, { folder }, MIN_LOG);
}

/** Changes the store, and keeps the changes. */
function change(run: () => void): void {
  const changes: Change[] = [];
  store.recorder = { record: (each) => changes.push(each) };
  run();
  data.keep(changes, () => ({ store, api: 7 }));
}

/** Makes the log longer by somewhat more than so many bytes. */
const grow = (bytes: number) => change(() => store.update(ada, { id: 'st_1', note: 'x'.repeat(bytes) }));
const numbered = async () => (await readdir(folder)).filter((name) => /^[0-9]/.test(name)).sort();
const logLength = async (number: number) => (await stat(join(folder, `${number}.log`))).size;

/** What a later tenant goes on with is the state of the store. */
async function expectKept(): Promise<void> {
  await openAgain();
  const kept = await data.load();
  expect(kept?.api).toBe(7);
  expect(kept && dumpOf(school, kept.store)).toEqual(dumpOf(school, store));
}

test('a log that grows too long becomes a base, and a new one follows it', async () => {
  grow(1700);
  expect(await numbered()).toEqual(['1.base', '1.log']);
  grow(1700);
  expect([await numbered(), await logLength(2)]).toEqual([['2.base', '2.log'], 0]);
  // A log may be twice as long as the base.
  for (let time = 0; time < 2; time += 1) grow(1000);
  expect(await numbered()).toEqual(['2.base', '2.log']);
  grow(1700);
  expect(await numbered()).toEqual(['3.base', '3.log']);
  change(() => store.create('student', { id: 'st_2' }));
  await expectKept();
});

test('the length of a log and of its base are known after a restart', async () => {
  grow(1700);
  await expectKept();
  const kept = await data.load();
  store = kept?.store ?? store;
  ada = store.table('student').find('st_1') ?? ada;
  grow(1700);
  expect(await numbered()).toEqual(['2.base', '2.log']);
  await expectKept();
});

test('a log that cannot become a base goes on, and is tried again once it is twice as long', async () => {
  const obstacle = join(folder, '2.base.tmp');
  await mkdir(obstacle);
  grow(3000);
  await rmdir(obstacle);
  grow(1500);
  expect(await numbered()).toEqual(['1.base', '1.log']);
  await expectKept();
  const kept = await data.load();
  store = kept?.store ?? store;
  ada = store.table('student').find('st_1') ?? ada;
  grow(3000);
  expect(await numbered()).toEqual(['2.base', '2.log']);
  await expectKept();
});

test('changes are in the log before anything else happens', async () => {
  change(() => store.create('student', { id: 'st_2' }));
  expect(await readFile(join(folder, '1.log'), 'utf8')).toMatch(
    /^[0-9a-f]{8} \[\["put","student",\d+,\{"id":"st_1"\}\]\]\n[0-9a-f]{8} \[\["put","student",\d+,\{"id":"st_2"\}\]\]\n$/,
  );
});

test('a log that is not open is a defect', async () => {
  await data.close();
  expect(() => grow(1)).toThrow('cannot write to the data folder');
  await openAgain();
});
