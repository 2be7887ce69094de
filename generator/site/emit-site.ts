import { posix } from 'node:path';
import type { Contract, Operation } from '../../contract/contract.js';
import { objectOr, stringOr } from '../../contract/json/json-value.js';
import type { GeneratedFile } from '../emit/generated-file.js';
import { INDEX_PATH } from '../emit/pages/page-context.js';
import { groupsOf } from '../emit/reference/index-page.js';
import { pagePath } from '../emit/reference/page-path.js';
import { codeHeader, signature } from '../emit/text/comment.js';
import { SCRIPT } from './browser/script.js';
import { layout } from './layout.js';
import { llmsFullText, llmsText } from './llms.js';
import { MarkdownRenderer } from './markdown/render-markdown.js';
import { withSamples } from './markdown/samples.js';
import { Navigation } from './navigation.js';
import { scopeData, withScopePicker } from './scope-data.js';
import { searchIndex } from './search-index.js';
import type { PageKind, SitePage } from './site-page.js';
import { SITE_STYLES } from './styles.js';

/** The folder of the Markdown pages in the output folder. */
const DOCS = posix.dirname(INDEX_PATH);

/**
 * The files of the site: each Markdown page as HTML and as it is, an index to search, and the whole API for tools. The
 * site needs no server and no network.
 *
 * @param documents - the Markdown pages of the contract
 */
export function emitSite(contract: Contract, documents: readonly GeneratedFile[]): readonly GeneratedFile[] {
  const pages = sitePages(contract, documents);
  const navigation = new Navigation(pages);
  const { title } = contract;
  const full = llmsFullText(pages);
  return [
    ...pages.map((page) => ({ path: page.path, text: layout(page, navigation, title) })),
    ...pages.map(({ markdownPath: path, markdown: text }) => ({ path, text })),
    { path: 'assets/site.css', text: `/* ${signature} */\n${SITE_STYLES}` },
    { path: 'assets/site.js', text: codeHeader + SCRIPT },
    { path: 'assets/search.js', text: codeHeader + searchIndex(contract, pages) },
    { path: 'assets/scopes.js', text: codeHeader + scopeData(contract) },
    { path: 'llms.txt', text: llmsText(title, stringOr(objectOr(contract.document.info).description), pages) },
    ...(full === undefined ? [] : [{ path: 'llms-full.txt', text: full }]),
    { path: 'openapi.json', text: openApi(contract) },
  ];
}

function sitePages(contract: Contract, documents: readonly GeneratedFile[]): readonly SitePage[] {
  const operations = new Map(contract.operations.map((operation) => [pagePath(contract, operation), operation]));
  const groups = new Map(
    groupsOf(contract).flatMap(({ tag, operations: members }) => members.map(({ id }) => [id, tag] as const)),
  );
  const renderer = new MarkdownRenderer(htmlLink);
  const docs = documents.filter(({ path }) => path.startsWith(`${DOCS}/`));
  return docs.map(({ path, text }) => {
    const operation = operations.get(path);
    const markdown = text.replaceAll(/\]\(((?:\.\.\/)*)README\.md/g, ']($1index.md');
    const { html, ...rendered } = renderer.render(markdown);
    const markdownPath = posix.relative(DOCS, path).replace(/^README\.md$/, 'index.md');
    return {
      kind: kindOf(path, operation),
      path: markdownPath.replace(/\.md$/, '.html'),
      markdownPath,
      markdown,
      ...rendered,
      html: withScopePicker(withSamples(html)),
      request: operation === undefined ? '' : `${operation.method} ${operation.path}`,
      group: operation === undefined ? '' : (groups.get(operation.id) ?? ''),
    };
  });
}

function kindOf(path: string, operation: Operation | undefined): PageKind {
  if (operation !== undefined) return 'operation';
  if (path === INDEX_PATH) return 'index';
  return posix.basename(posix.dirname(path)) === 'tasks' ? 'task' : 'guide';
}

/** Links between pages lead to their HTML. */
function htmlLink(target: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(target) ? target : target.replace(/\.md(?=#|$)/, '.html');
}

/** The document in one piece, with a first line by which `generate` recognizes its own file. */
function openApi({ document }: Contract): string {
  // Notes of the reader are nothing that the document says.
  const text = JSON.stringify(document, (name, value) => (name.startsWith('x-rolecall-') ? undefined : value), 1);
  return `{ "x-generated-by": "${signature}",${text.slice(1)}\n`;
}
