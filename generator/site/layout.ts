import { escapeHtml as text } from '../../web/escape-html.js';
import { htmlHeader } from '../emit/text/comment.js';
import { href, type Navigation } from './navigation.js';
import type { SitePage } from './site-page.js';

/**
 * Only files of the site: `file:` for a site that is opened from disk, where no origin is the same as another. Markup in a
 * text of the contract could not run a script, even if it were not escaped.
 */
const POLICY =
  "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** A whole page: header with search, navigation, content, and the headings of the page. */
export function layout(page: SitePage, navigation: Navigation, siteTitle: string): string {
  const at = (path: string): string => href(page, path);
  const title = page.kind === 'index' ? siteTitle : `${page.title} · ${siteTitle}`;
  return `<!doctype html>${htmlHeader}
<html lang="en" data-root="${at('index.html').replace(/index\.html$/, '')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${text(POLICY)}">
<title>${text(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${at('assets/site.css')}">
<link rel="alternate" type="text/markdown" href="${at(page.markdownPath)}">
<script src="${at('assets/site.js')}" defer></script>
</head>
<body data-kind="${page.kind}">
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="home" href="${at('index.html')}">${text(siteTitle)}</a>
<div class="search" data-script hidden><input type="search" id="search" role="combobox" aria-expanded="false" aria-controls="results" aria-autocomplete="list" aria-label="Search" placeholder="Search" autocomplete="off" spellcheck="false"><ul id="results" role="listbox" aria-label="Results" hidden></ul></div>
<button type="button" id="theme" data-script hidden>Theme</button>
</header>
<div class="columns">
<nav class="pages" aria-label="Pages"><details id="menu"><summary>Pages</summary><div>${navigation.htmlFor(page)}</div></details></nav>
<main id="main" tabindex="-1">
${page.html}
<footer class="dim"><p><a href="${at(page.markdownPath)}">This page as Markdown</a> · <a href="${at('openapi.json')}">OpenAPI document</a> · <a href="${at('llms.txt')}">llms.txt</a></p></footer>
</main>
${contents(page)}
</div>
<p id="status" class="sr" role="status" aria-live="polite"></p>
</body>
</html>
`;
}

/** The sections of the page, for wide screens. */
function contents({ headings }: SitePage): string {
  const items = headings.flatMap(({ level, id, text: heading }) =>
    level === 2 ? [`<li><a href="#${text(id)}">${text(heading)}</a></li>`] : [],
  );
  if (items.length < 2) return '<div class="contents"></div>';
  return `<nav class="contents" aria-label="On this page"><h2>On this page</h2><ul>${items.join('')}</ul></nav>`;
}
