import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RolecallError } from '../contract/errors.js';
import { packageRoot } from '../contract/load/package-root.js';
import type { GenerateResult } from './generate.js';
import { watchContract } from './watch.js';

type Event = { readonly result: GenerateResult } | { readonly error: RolecallError };

let folder: string;
let stop: AbortController;
let events: Event[];
let ended: Promise<void>;

const spec = () => join(folder, 'api.json');
const client = () => readFileSync(join(folder, 'out', 'client.ts'), 'utf8');

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'watch-')));
  mkdirSync(join(folder, 'node_modules'));
  cpSync(join(packageRoot(), 'generator', 'test-support', 'documents', 'old.json'), spec());
});
afterEach(async () => {
  stop.abort();
  await ended;
  rmSync(folder, { recursive: true });
});

async function start(overlay: readonly string[] = []): Promise<void> {
  stop = new AbortController();
  events = [];
  ended = watchContract(
    { spec: spec(), overlay, extras: {}, allowRef: [], strict: true, out: join(folder, 'out') },
    {
      generated: (result) => void events.push({ result }),
      failed: (error) => void events.push({ error }),
    },
    stop.signal,
  );
  await event(1);
}

/** Waits for the n-th event. */
async function event(count: number): Promise<Event | undefined> {
  const deadline = performance.now() + 20_000;
  while (events.length < count && performance.now() < deadline) await pause(10);
  expect(events.length).toBeGreaterThanOrEqual(count);
  return events[count - 1];
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const changed = (from: string, to: string) => readFileSync(spec(), 'utf8').replace(from, to);

test('generates at the start and after each save, whether the editor writes or replaces the file', async () => {
  await start();
  expect(client()).toContain('A pet.');

  writeFileSync(spec(), changed('A pet.', 'The second pet.'));
  expect(await event(2)).toMatchObject({ result: { drift: expect.any(Array) } });
  expect(client()).toContain('The second pet.');

  writeFileSync(`${spec()}.new`, changed('The second pet.', 'The third pet.'));
  renameSync(`${spec()}.new`, spec());
  await event(3);
  expect(client()).toContain('The third pet.');
});

test('waits for the rest of a file that is written in two steps', async () => {
  await start();
  const text = changed('A pet.', 'The second pet.');
  writeFileSync(spec(), text.slice(0, 100));
  await pause(40);
  writeFileSync(spec(), text);
  expect(await event(2)).toMatchObject({ result: { drift: expect.any(Array) } });
  expect(client()).toContain('The second pet.');
});

test('generates after a save of an overlay', async () => {
  const overlay = join(folder, 'overlays', 'ours.yaml');
  const write = (text: string) =>
    writeFileSync(
      overlay,
      `overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: [{target: $.info, update: {title: ${text}}}]\n`,
    );
  mkdirSync(join(folder, 'overlays'));
  write('First');
  await start([overlay]);
  expect(client()).toContain('First');

  write('Second');
  expect(await event(2)).toMatchObject({ result: { drift: expect.any(Array) } });
  expect(client()).toContain('Second');
});

test('a save without changes does nothing', async () => {
  await start();
  writeFileSync(spec(), readFileSync(spec()));
  utimesSync(spec(), new Date(), new Date());
  writeFileSync(join(folder, 'other.json'), '{}');
  await pause(400);
  expect(events).toHaveLength(1);
});

test('a broken save is reported and changes nothing, and the next save recovers', async () => {
  await start();
  const before = client();
  const text = readFileSync(spec(), 'utf8');
  writeFileSync(spec(), text.slice(0, 200));
  expect(await event(2)).toMatchObject({ error: { code: 'CONTRACT_UNREADABLE' } });
  expect(client()).toBe(before);
  writeFileSync(spec(), text.replace('A pet.', 'Mended.'));
  expect(await event(3)).toMatchObject({ result: { drift: expect.any(Array) } });
  expect(client()).toContain('Mended.');
});

test('a save right after another is not missed', async () => {
  await start();
  for (const wait of [5, 20, 30, 45]) {
    const text = changed('A pet', `A pet ${wait}`);
    writeFileSync(spec(), '');
    await pause(wait);
    writeFileSync(spec(), text);
    const deadline = performance.now() + 20_000;
    while (!client().includes(`A pet ${wait}`) && performance.now() < deadline) await pause(10);
    expect(client()).toContain(`A pet ${wait}`);
  }
});

test('a missing file is generated once it exists, and then watched', async () => {
  mkdirSync(join(folder, 'parts'));
  writeFileSync(spec(), changed('{ "$ref": "#/components/schemas/Fault" }', '{ "$ref": "parts/fault.json" }'));
  await start();
  expect(events[0]).toMatchObject({ error: { code: 'CONTRACT_UNREADABLE' } });
  writeFileSync(join(folder, 'parts', 'fault.json'), '{"type": "object"}');
  expect(await event(2)).toMatchObject({ result: { drift: expect.any(Array) } });
  writeFileSync(join(folder, 'parts', 'fault.json'), '{"type": "object", "description": "What is wrong."}');
  await event(3);
  expect(readFileSync(join(folder, 'out', 'types.ts'), 'utf8')).toContain('What is wrong.');
});

describe('a contract of several files', () => {
  const part = () => join(folder, 'parts', 'fault.json');
  const partial = (description: string) => JSON.stringify({ type: 'object', description });
  const types = () => readFileSync(join(folder, 'out', 'types.ts'), 'utf8');

  beforeEach(() => {
    mkdirSync(join(folder, 'parts'));
    writeFileSync(part(), partial('The first.'));
    writeFileSync(spec(), changed('{ "$ref": "#/components/schemas/Fault" }', '{ "$ref": "parts/fault.json" }'));
  });

  test.each([
    ['broken', () => writeFileSync(spec(), '{')],
    ['removed', () => rmSync(spec())],
  ])('a root that is %s is reported once, even if another file is saved', async (_, spoil) => {
    await start();
    const text = readFileSync(spec(), 'utf8');
    spoil();
    await event(2);
    writeFileSync(part(), partial('The second.'));
    await pause(600);
    expect(events.length).toBeLessThan(5);
    const before = events.length;
    writeFileSync(spec(), text);
    expect(await event(before + 1)).toMatchObject({ result: {} });
    expect(types()).toContain('The second.');
  });

  test('a folder that is removed and restored', async () => {
    await start();
    rmSync(join(folder, 'parts'), { recursive: true });
    expect(await event(2)).toMatchObject({ error: { code: 'CONTRACT_UNREADABLE' } });
    await pause(200);
    mkdirSync(join(folder, 'parts'));
    await pause(200);
    const before = events.length;
    writeFileSync(part(), partial('The second.'));
    await event(before + 1);
    expect(types()).toContain('The second.');
    await pause(200);
    const restored = events.length;
    writeFileSync(part(), partial('The third.'));
    await event(restored + 1);
    expect(types()).toContain('The third.');
  });

  test('a folder that does not exist yet', async () => {
    await start();
    writeFileSync(spec(), readFileSync(spec(), 'utf8').replace('parts/fault.json', 'new/deep/fault.json'));
    expect(await event(2)).toMatchObject({ error: { code: 'CONTRACT_UNREADABLE' } });
    await pause(200);
    for (const made of ['new', 'new/deep']) {
      mkdirSync(join(folder, made));
      await pause(200);
    }
    const before = events.length;
    writeFileSync(join(folder, 'new', 'deep', 'fault.json'), partial('The second.'));
    await event(before + 1);
    expect(types()).toContain('The second.');
  });

  test('a folder that is moved into place', async () => {
    await start();
    renameSync(join(folder, 'parts'), join(folder, 'away'));
    await event(2);
    await pause(200);
    const before = events.length;
    renameSync(join(folder, 'away'), join(folder, 'parts'));
    expect(await event(before + 1)).toMatchObject({ result: {} });
  });
});
