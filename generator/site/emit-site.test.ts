import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { loadContract } from '../../contract/load/load.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { emitReference } from '../emit/reference/reference.js';
import { signature } from '../emit/text/comment.js';
import { emitSite } from './emit-site.js';

const contract = await defaultContract();
const files = emitSite(contract, emitReference(contract));
const texts = new Map(files.map(({ path, text }) => [path, text]));

describe('the site of our contract', () => {
  test('has each page as HTML and as Markdown, and every file once', () => {
    const html = files.filter(({ path }) => path.endsWith('.html')).map(({ path }) => path);
    expect(html.length).toBe(emitReference(contract).length);
    for (const path of html) expect(texts.has(path.replace(/html$/, 'md')), path).toBe(true);
    expect(texts.size).toBe(files.length);
  });

  test('has no broken links, within pages and between them', () => {
    const ids = new Map(
      files.map(({ path, text }) => [path, new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]),
    );
    const broken = files
      .filter(({ path }) => path.endsWith('.html'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/(?:href|src)="([^":]+)"/g)].flatMap(([, target = '']) => {
          const [file = '', anchor] = target.split('#');
          const to = file === '' ? path : posix.join(posix.dirname(path), decodeURI(file));
          const found = ids.get(to);
          return found !== undefined && (anchor === undefined || found.has(anchor)) ? [] : [`${path} -> ${target}`];
        }),
      );
    expect(broken).toEqual([]);
  });

  test('says in each file that it is generated', () => {
    for (const { path, text } of files) {
      const lines = text.trimEnd().split('\n');
      expect(path.endsWith('.txt') ? lines.at(-1) : lines[0], path).toContain(signature);
    }
  });

  test('has the whole contract as JSON', () => {
    const { 'x-generated-by': by, ...document } = JSON.parse(texts.get('openapi.json') ?? '');
    expect(by).toBe(signature);
    expect(document).toEqual(JSON.parse(JSON.stringify(contract.document)));
  });

  test('has an index for language models, and all pages in one file', () => {
    const index = texts.get('llms.txt') ?? '';
    expect(index).toMatch(/^# .*\n\n> .*\n\n## Guides\n\n- \[/);
    for (const [, path = ''] of index.matchAll(/\]\(([^)]+)\)/g)) expect(texts.has(path), path).toBe(true);
    const [operation] = contract.operations;
    expect(texts.get('llms-full.txt')).toContain(`# ${operation?.summary}`);
  });

  test('opens the group of an operation, and marks the page', () => {
    const page = texts.get('users.roles.assign.html') ?? '';
    expect(page).toMatch(/<details open><summary>users<\/summary>/);
    expect(page.match(/aria-current="page"/g)).toHaveLength(1);
  });
});

test('a document without our keywords has a site, too', async () => {
  const { contract: old } = await loadContract(`${packageRoot()}/generator/test-support/documents/old.json`);
  const paths = emitSite(old, emitReference(old)).map(({ path }) => path);
  expect(paths).toContain('index.html');
  expect(paths.filter((path) => path.endsWith('.html')).length).toBeGreaterThan(old.operations.length);
});

test('a hostile document cannot add markup to its site', async () => {
  const { contract: hostile } = await loadContract(`${packageRoot()}/generator/test-support/documents/hostile.yaml`);
  for (const { path, text } of emitSite(hostile, emitReference(hostile))) {
    if (!path.endsWith('.html')) continue;
    const scripts = text.match(/<script[^>]*/g) ?? [];
    expect(scripts, path).toEqual([expect.stringMatching(/^<script src="(?:\.\.\/)?assets\/site\.js" defer$/)]);
    expect(text, path).not.toMatch(
      /<(?:img|iframe|object|embed|style|form)|\son[a-z]+=|href="(?:javascript|vbscript|data:text)/i,
    );
  }
});
