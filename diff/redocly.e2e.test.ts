import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../contract/contract.js';
import { packageRoot } from '../contract/load/package-root.js';
import { splitPointer } from '../contract/pointer.js';
import { readContract } from '../contract/read/read.js';
import { isBreaking } from './change.js';
import { diffContracts } from './diff-contracts.js';
import { answering, documentOf } from './test-support/document.js';
import { PLANTED } from './test-support/planted.js';

const run = promisify(execFile);

/** Every planted change in its own path, so that one run of each tool covers them all. */
function document(side: 'before' | 'after'): JsonObject {
  const paths = PLANTED.flatMap(({ given, [side]: operation }) =>
    operation === undefined ? [] : [[`/${given.replaceAll(' ', '-')}`, { post: operation }]],
  );
  return documentOf({ '/kept': { get: answering({}) }, ...Object.fromEntries(paths) });
}

/** The paths with breaking changes. */
let theirs: ReadonlySet<string>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-diff-'));
  const [before, after] = [join(folder, 'before.json'), join(folder, 'after.json')];
  await writeFile(before, JSON.stringify(document('before')));
  await writeFile(after, JSON.stringify(document('after')));
  const cli = join(packageRoot(), 'node_modules/@redocly/cli/bin/cli.js');
  // In an empty folder it finds no configuration and uses its recommended rules.
  const options = { cwd: folder, env: { ...process.env, REDOCLY_TELEMETRY: 'off', NO_COLOR: '1' } };
  const args = [cli, 'diff', before, after, '--format', 'json', '--fail-on', 'none'];
  const { stdout } = await run(process.execPath, args, options);
  const report: { changes: { path: string; impact: string; base?: { pointer: string } }[] } = JSON.parse(stdout);
  // By the old path: redocly may report a removed and an added path as renamed.
  const places = report.changes
    .filter(({ impact }) => impact === 'major')
    .map(({ path, base }) => base?.pointer ?? path);
  theirs = new Set(places.flatMap((pointer) => splitPointer(pointer.slice(1))[1] ?? []));
}, 30_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** We do not treat a removed or widened error as breaking. */
const KINDER_HERE = ['/error-removed', '/error-widened'];

test('every planted change that redocly reports as breaking is breaking here too', () => {
  const changes = diffContracts(readContract(document('before')), readContract(document('after')));
  const ours = new Set(changes.filter(isBreaking).flatMap(({ pointer }) => splitPointer(pointer)[1] ?? []));
  expect(theirs.size).toBeGreaterThan(20);
  expect([...theirs].filter((path) => !ours.has(path) && !KINDER_HERE.includes(path))).toEqual([]);
});
