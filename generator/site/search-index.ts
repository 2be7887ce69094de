import type { Contract } from '../../contract/contract.js';
import { pagePath } from '../emit/reference/page-path.js';
import type { SearchEntry } from './browser/search.js';
import type { SitePage } from './site-page.js';

/** The most characters of a page that can be found. */
const MOST_CHARACTERS = 1500;

const KINDS = { index: 'Overview', guide: 'Guide', task: 'Task', operation: 'Operation' } as const;

/** A script that defines the index: pages that are opened from disk cannot read other files. */
export function searchIndex(contract: Contract, pages: readonly SitePage[]): string {
  const ids = new Map(contract.operations.map((operation) => [pagePath(contract, operation), operation]));
  const entries = pages.map((page): SearchEntry => {
    const operation = ids.get(`docs/${page.markdownPath}`);
    const scopes = operation?.security.flatMap((alternative) => alternative.scopes) ?? [];
    const codes =
      operation?.responses.flatMap(({ problems }) => problems.flatMap(({ errorCode }) => errorCode ?? [])) ?? [];
    const names = operation === undefined ? '' : [operation.id, ...new Set([...scopes, ...codes])].join(' ');
    const detail = page.request === '' ? firstSentence(page.markdown) : page.request;
    return [KINDS[page.kind], page.title, page.path, detail, `${names} ${wordsOf(page)}`.trim()];
  });
  return `globalThis.rolecallPages = ${JSON.stringify(entries).replaceAll('<', '\\u003c')};\n`;
}

/** The headings of a page that only it has, and its text without code, tables and markup. */
function wordsOf({ markdown, headings, kind }: SitePage): string {
  const own = kind === 'operation' ? [] : headings.map(({ text }) => text);
  const prose = markdown
    .replaceAll(/```[\s\S]*?```|^\|.*$|^#.*$|<!--.*?-->|^\[\^.*$/gm, ' ')
    .replaceAll(/\]\([^)]*\)|[[\]`*_#]/g, ' ');
  return `${own.join(' ')} ${prose}`.replaceAll(/\s+/g, ' ').trim().slice(0, MOST_CHARACTERS);
}

function firstSentence(markdown: string): string {
  const text = markdown
    .replaceAll(/^#.*$|<!--.*?-->/gm, '')
    .replaceAll(/\]\([^)]*\)|[[\]`*]/g, '')
    .trim();
  return (/^.*?[.:](?=\s|$)/.exec(text)?.[0] ?? text.split('\n')[0] ?? '').slice(0, 160);
}
