import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from './contract/load/package-root.js';
import { builtCli } from './test-support/cli.js';
import { codeBlocks } from './test-support/pages.js';
import { copySpec, createScenario, type Scenario } from './test-support/scenario.js';

/** Follows the walk-through of CONTRIBUTING.md on a copy of spec/, from its text alone. */

/** `# FILE`, `# FILE, at the end` or `# FILE, below "KEY"`, then the text. */
const EDIT = /^# (?<file>spec\/\S+?)(?:, (?<place>.+))?\n(?<text>[\s\S]*)$/;

/** A contributor who followed the page in this repository already has badges: then the test adds ribbons. */
const followed = existsSync(join(packageRoot(), 'spec/paths/badges.yaml'));

function fresh(text: string): string {
  return followed ? text.replaceAll('badge', 'ribbon').replaceAll('Badge', 'Ribbon').replaceAll('bdg_', 'rbn_') : text;
}

let scenario: Scenario;

beforeAll(() => {
  scenario = createScenario(builtCli());
  copySpec(join(scenario.folder, 'spec'));
});

afterAll(() => scenario.remove());

function applyEdit(folder: string, block: string): string {
  const { file = '', place, text = '' } = EDIT.exec(block)?.groups ?? {};
  const path = join(folder, file);
  if (place === undefined) writeFileSync(path, text, { flag: 'wx' });
  else writeFileSync(path, place === 'at the end' ? appended(path, text) : inserted(path, place, text));
  return file;
}

function appended(path: string, text: string): string {
  return `${readFileSync(path, 'utf8').trimEnd()}\n${text}`;
}

/** Below a line, indented as what follows there. */
function inserted(path: string, place: string, text: string): string {
  const key = /^below "(.+)"$/.exec(place)?.[1];
  const before = readFileSync(path, 'utf8');
  const [found, line = '', indent = ''] = new RegExp(`^( *${key}\\n)( +)`, 'm').exec(before) ?? [];
  if (found === undefined) throw new Error(`"${path}" has no line "${key}"; CONTRIBUTING.md says: ${place}`);
  return before.replace(found, () => `${line}${text.replaceAll(/^(?=.)/gm, indent)}${indent}`);
}

describe('adding an endpoint, as CONTRIBUTING.md describes it', () => {
  const [install = '', prepare = '', conclude = '', ...otherShell] = codeBlocks('CONTRIBUTING.md', 'sh').map(fresh);
  const edits = codeBlocks('CONTRIBUTING.md', 'yaml').map(fresh);

  test('the page has the steps that this test runs', () => {
    expect(install).toContain('npm ci');
    expect(otherShell).toEqual([]);
    expect(edits.length).toBeGreaterThan(8);
    expect(edits.filter((block) => !EDIT.test(block))).toEqual([]);
  });

  test('works from start to end', async () => {
    expect(await scenario.run(prepare)).toMatchObject({ code: 0, stderr: '' });
    const edited = edits.map((block) => applyEdit(scenario.folder, block));
    expect(edited).toContain('spec/openapi.yaml');

    const { code, stdout, stderr } = await scenario.run(conclude);
    expect(`${stdout}${stderr}`).toMatch(/^conforms: 6 operations · \d+ checks · .* 0 findings/m);
    expect(stdout).toMatch(/^0 breaking, \d+ other: the next version is minor$/m);
    expect(code).toBe(0);
    const client = readFileSync(join(scenario.folder, 'generated/client.ts'), 'utf8');
    expect(client).toContain(fresh("operations['users.badges.add']"));
  });

  test('the relation is tried: its limit, its unknown ids and its model', async () => {
    const run = await scenario.run(fresh("npx rolecall verify --only 'users.badges.*' --json"));
    const { checks } = JSON.parse(run.stdout) as { checks: { id: string; operation: string; outcome: string }[] };
    const passed = checks
      .filter(({ outcome }) => outcome === 'passed')
      .map(({ operation, id }) => `${operation}/${id}`);
    for (const id of ['size-limits', 'relation-limits', 'unknown-refused', 'relation-model']) {
      expect(passed).toContain(fresh(`users.badges.add/${id}`));
    }
  });
});
