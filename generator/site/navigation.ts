import { posix } from 'node:path';
import { escapeHtml as text } from '../../web/escape-html.js';
import type { PageKind, SitePage } from './site-page.js';

/** In groups with more operations than this, a page lists only those whose path begins alike. */
const MOST_IN_GROUP = 80;

const LISTS: readonly { readonly kind: PageKind; readonly title: string }[] = [
  { kind: 'guide', title: 'Guides' },
  { kind: 'task', title: 'Tasks' },
];

/** The pages of the site in the order of the navigation. */
export class Navigation {
  readonly #pages: readonly SitePage[];
  readonly #groups: ReadonlyMap<string, readonly SitePage[]>;

  constructor(pages: readonly SitePage[]) {
    this.#pages = pages;
    const groups = new Map<string, SitePage[]>();
    for (const page of pages) {
      if (page.kind !== 'operation') continue;
      const known = groups.get(page.group);
      if (known === undefined) groups.set(page.group, [page]);
      else known.push(page);
    }
    this.#groups = groups;
  }

  /** The navigation as a page shows it: the group of its operation is open, the others lead to the index. */
  htmlFor(page: SitePage): string {
    const lists = LISTS.flatMap(({ kind, title }) => {
      const pages = this.#pages.filter((each) => each.kind === kind);
      return pages.length === 0 ? [] : [`<h2>${title}</h2>${this.#list(page, pages)}`];
    });
    const groups = [...this.#groups].map(([group, pages]) =>
      group === page.group
        ? `<li><details open><summary>${text(group)}</summary>${this.#list(page, near(page, pages))}</details></li>`
        : `<li><a href="${href(page, 'index.html')}#${anchor(group)}">${text(group)}</a></li>`,
    );
    return `${lists.join('')}<h2>Operations</h2><ul>${groups.join('')}</ul>`;
  }

  #list(page: SitePage, pages: readonly SitePage[]): string {
    const items = pages.map((each) => {
      const current = each === page ? ' aria-current="page"' : '';
      return `<li><a href="${href(page, each.path)}"${current}>${text(each.title)}</a></li>`;
    });
    return `<ul>${items.join('')}</ul>`;
  }
}

/** A link from one page to another. */
export function href(from: Pick<SitePage, 'path'>, to: string): string {
  return text(encodeURI(posix.relative(posix.dirname(from.path), to)));
}

/** The id of a group's heading in the index, as GitHub makes it. */
function anchor(group: string): string {
  return text(
    group
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function near(page: SitePage, pages: readonly SitePage[]): readonly SitePage[] {
  if (pages.length <= MOST_IN_GROUP) return pages;
  const start = pathStart(page.request);
  return pages.filter((each) => pathStart(each.request) === start).slice(0, MOST_IN_GROUP);
}

/** The method aside, the first two parts of a path: `/shelves/{id}`. */
function pathStart(request: string): string {
  return request
    .slice(request.indexOf(' ') + 1)
    .split('/')
    .slice(0, 2)
    .join('/');
}
