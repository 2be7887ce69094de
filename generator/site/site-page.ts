/** What a page of the site is about. */
export type PageKind = 'index' | 'guide' | 'task' | 'operation';

/** A page of the site, rendered. Paths are relative to the site, with forward slashes. */
export interface SitePage {
  readonly kind: PageKind;
  /** `tasks/assign-roles.html`. */
  readonly path: string;
  /** The same page as Markdown. */
  readonly markdownPath: string;
  readonly markdown: string;
  readonly title: string;
  readonly html: string;
  readonly headings: readonly { readonly level: number; readonly id: string; readonly text: string }[];
  /** `POST /shelves/{id}/books`; empty if the page is not about an operation. */
  readonly request: string;
  /** The group of an operation; empty for other pages. */
  readonly group: string;
}
