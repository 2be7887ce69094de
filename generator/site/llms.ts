import { signature } from '../emit/text/comment.js';
import type { PageKind, SitePage } from './site-page.js';

/** Bigger files are of no use to a reader with a limited context. */
const MOST_CHARACTERS = 4_000_000;

const SECTIONS: readonly { readonly kind: PageKind; readonly title: string }[] = [
  { kind: 'guide', title: 'Guides' },
  { kind: 'task', title: 'Tasks' },
  { kind: 'operation', title: 'Operations' },
];

const LAST_LINE = `<!-- ${signature} -->\n`;

/** `llms.txt`: every page as a link to its Markdown. @see https://llmstxt.org */
export function llmsText(title: string, description: string, pages: readonly SitePage[]): string {
  const summary = description === '' ? [] : [`> ${description.replaceAll(/\s+/g, ' ').trim()}`];
  const sections = SECTIONS.flatMap(({ kind, title: heading }) => {
    const links = pages
      .filter((page) => page.kind === kind)
      .map(
        (page) => `- [${page.title}](${encodeURI(page.markdownPath)})${page.request === '' ? '' : `: ${page.request}`}`,
      );
    return links.length === 0 ? [] : [`## ${heading}`, links.join('\n')];
  });
  const other = ['## Other files', '- [OpenAPI document](openapi.json): the whole API for tools'];
  return `${[`# ${title}`, ...summary, ...sections, ...other].join('\n\n')}\n\n${LAST_LINE}`;
}

/** `llms-full.txt`: all pages in one file; undefined if it would be too big. */
export function llmsFullText(pages: readonly SitePage[]): string | undefined {
  const text = pages.map(({ markdown }) => markdown.replace(/^<!--.*?-->\n+/, '')).join('\n---\n\n');
  return text.length > MOST_CHARACTERS ? undefined : `${text}\n${LAST_LINE}`;
}
