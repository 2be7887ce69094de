import MarkdownIt from 'markdown-it';
import { escapeHtml } from '../../../web/escape-html.js';
import { highlight } from './highlight.js';
import { tableHtml } from './table.js';

/** A heading of a page. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  /** Without markup. */
  readonly text: string;
}

/** A page of Markdown as HTML. */
export interface RenderedPage {
  /** The text of the first heading of level 1. */
  readonly title: string;
  readonly html: string;
  /** The headings below the title. */
  readonly headings: readonly Heading[];
}

/** Converts a link of the Markdown page to one of the HTML page. */
export type LinkOf = (href: string) => string;

/**
 * Renders the Markdown pages that `generate` writes. Headings, tables, code and footnotes, which those pages are made of,
 * are rendered here, since most cells and blocks are repeated on hundreds of pages and are rendered once; markdown-it
 * renders what contracts say in Markdown of their own. HTML in it is escaped, and links to scripts are left out.
 */
export class MarkdownRenderer {
  readonly #parser = new MarkdownIt({ html: false, linkify: false });
  readonly #inline = new Map<string, string>();
  readonly #blocks = new Map<string, string>();
  readonly #linkOf: LinkOf;

  constructor(linkOf: LinkOf) {
    this.#linkOf = linkOf;
    // Cells of tables have line breaks as HTML; nothing else is allowed.
    this.#parser.inline.ruler.before('html_inline', 'br', (state, silent) => {
      if (!state.src.startsWith('<br>', state.pos)) return false;
      if (!silent) state.push('hardbreak', 'br', 0);
      state.pos += '<br>'.length;
      return true;
    });
    this.#parser.inline.ruler.before('link', 'footnote', (state, silent) => {
      const [mark, number] = /^\[\^(\d+)\]/.exec(state.src.slice(state.pos, state.pos + 8)) ?? [];
      if (mark === undefined || number === undefined) return false;
      if (!silent) state.push('footnote', '', 0).content = number;
      state.pos += mark.length;
      return true;
    });
    this.#parser.renderer.rules.footnote = (tokens, index) => {
      const number = tokens[index]?.content ?? '';
      return `<sup><a href="#note-${number}" aria-label="Source ${number}">${number}</a></sup>`;
    };
    this.#parser.renderer.rules.link_open = (tokens, index, options, _, self) => {
      const token = tokens[index];
      const href = this.#linkOf(token?.attrGet('href') ?? '');
      token?.attrSet('href', href);
      const [, grade] = /guides\/grades\.html#([a-z]+)$|^grades\.html#([a-z]+)$/.exec(href)?.filter(Boolean) ?? [];
      if (grade !== undefined && token?.attrGet('title')) token.attrSet('class', `badge ${grade}`);
      return self.renderToken(tokens, index, options);
    };
    this.#parser.renderer.rules.code_inline = (tokens, index) => inlineCode(tokens[index]?.content ?? '');
    // Pages load nothing from elsewhere.
    this.#parser.disable('image');
  }

  render(markdown: string): RenderedPage {
    const headings: Heading[] = [];
    const ids = new Map<string, number>();
    let title = '';
    const parts = blocksOf(markdown).map((block) => {
      if (block.kind === 'code') {
        const { language, text } = block;
        return this.#remember(`${language}\n\n\n${text}`, () => codeHtml(language, text));
      }
      if (block.kind === 'table')
        return this.#remember(block.text, () => tableHtml(block.text, (cell) => this.#cell(cell)));
      if (block.kind === 'notes') return this.#notes(block.text);
      if (block.kind !== 'heading') return this.#remember(block.text, () => this.#parser.render(block.text));
      const html = this.#cell(block.text);
      const text = plainText(html);
      if (block.level === 1 && title === '') {
        title = text;
        return `<h1>${html}</h1>`;
      }
      const id = uniqueId(text, ids);
      headings.push({ level: block.level, id, text });
      return `<h${block.level} id="${id}">${html}</h${block.level}>`;
    });
    return { title, html: parts.join('\n'), headings };
  }

  #remember(text: string, render: () => string): string {
    const known = this.#blocks.get(text) ?? render();
    this.#blocks.set(text, known);
    return known;
  }

  /** Inline Markdown, such as a cell or a heading. */
  #cell(text: string): string {
    const known = this.#inline.get(text) ?? this.#parser.renderInline(text);
    this.#inline.set(text, known);
    return known;
  }

  #notes(text: string): string {
    const items = text.split('\n').map((line) => {
      const [, number = '', note = ''] = /^\[\^(\d+)\]: (.*)$/.exec(line) ?? [];
      return `<li id="note-${number}">${this.#cell(note)}</li>`;
    });
    return `<ol class="notes">${items.join('')}</ol>`;
  }
}

type Block =
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'table' | 'notes' | 'prose'; readonly text: string };

/** The blocks of a page, which empty lines separate. Neighbouring blocks of prose stay together, such as lists. */
function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let prose: string[] = [];
  const endProse = (): void => {
    const text = prose.join('\n').trim();
    prose = [];
    if (text !== '') blocks.push(startsTable(text) ? { kind: 'table', text } : { kind: 'prose', text });
  };
  const lines = markdown.replace(/^<!--.*?-->\n/, '').split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const fence = /^(`{3,})([^`]*)$/.exec(line);
    const heading = /^(#{1,6}) (.*)$/.exec(line);
    if (fence !== null) {
      endProse();
      const [, mark = '', language = ''] = fence;
      const end = lines.indexOf(mark, index + 1);
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: 'code', language: language.trim(), text: lines.slice(index + 1, last).join('\n') });
      index = last;
    } else if (heading !== null) {
      endProse();
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
    } else if (/^<details(?: open)?>$/.test(line)) {
      // A sample to open: its language becomes a heading.
      const [, label] = /^<summary>(.*)<\/summary>$/.exec(lines[index + 1] ?? '') ?? [];
      endProse();
      if (label !== undefined) blocks.push({ kind: 'heading', level: 3, text: label });
      index += 1;
    } else if (line === '</details>') endProse();
    else if (/^\[\^\d+\]: /.test(line)) {
      endProse();
      const last = blocks.at(-1);
      if (last?.kind === 'notes') blocks[blocks.length - 1] = { kind: 'notes', text: `${last.text}\n${line}` };
      else blocks.push({ kind: 'notes', text: line });
    } else if (line === '' && startsTable(prose.join('\n').trim())) endProse();
    else if (line.startsWith('| ') && prose.at(-1) === '') {
      endProse();
      prose.push(line);
    } else prose.push(line);
  }
  endProse();
  return blocks;
}

function startsTable(text: string): boolean {
  return text.startsWith('| ') && text.includes('\n| ---');
}

function codeHtml(language: string, text: string): string {
  const label = language === '' ? 'code' : language;
  return `<div class="command"><button type="button" hidden aria-label="Copy: ${escapeHtml(label)}">Copy</button><pre tabindex="0"><code>${highlight(text, language)}</code></pre></div>`;
}

/** Long names and values may break between their words, so that tables fit the page. */
function inlineCode(text: string): string {
  const words = text.length > 16 ? text.split(/(?<=[_:/.,;{[-])(?=[\w"{[])/) : [text];
  return `<code>${words.map(escapeHtml).join('<wbr>')}</code>`;
}

function plainText(html: string): string {
  return html
    .replaceAll(/<sup>.*?<\/sup>|<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** An id as GitHub makes it, so that links to headings work in both places. */
function uniqueId(text: string, known: Map<string, number>): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
  const base = plain === '' ? 'section' : plain;
  const times = known.get(base) ?? 0;
  known.set(base, times + 1);
  return times === 0 ? base : `${base}-${times}`;
}
