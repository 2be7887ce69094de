import type { Alternatives, leastAlternatives } from '../../../contract/scopes/least-alternatives.js';
import type { SiteTools } from './site-tools.js';

/** An operation that a reader can choose. */
export type ScopedOperation = readonly [title: string, request: string, alternatives: Alternatives];

/**
 * On the page about scopes: the reader chooses operations, and sees the scopes that their calls need. Runs in the browser
 * as its own text, so it uses nothing but its arguments.
 */
export function pickScopes({ find, root }: SiteTools, least: typeof leastAlternatives): void {
  const place = find<HTMLElement>('#scope-picker');
  if (!place) return;
  const add = <K extends keyof HTMLElementTagNameMap>(parent: Node, name: K, text = ''): HTMLElementTagNameMap[K] => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.appendChild(made);
    return made;
  };
  const show = (operations: readonly ScopedOperation[]): void => {
    const label = add(place, 'label', 'Your calls ');
    const filter = add(label, 'input');
    filter.type = 'search';
    filter.placeholder = 'Filter';
    const list = add(place, 'div');
    list.className = 'scroll';
    list.tabIndex = 0;
    list.setAttribute('role', 'group');
    list.setAttribute('aria-label', 'Operations');
    const result = add(place, 'p');
    result.setAttribute('aria-live', 'polite');
    const rows = operations.map(([title, request, alternatives]) => {
      const row = add(list, 'label');
      const box = add(row, 'input');
      box.type = 'checkbox';
      row.append(` ${title || request} `);
      add(row, 'code', request);
      return { row, box, alternatives, text: `${title} ${request}`.toLowerCase() };
    });
    const update = (): void => {
      const chosen = rows.filter(({ box }) => box.checked);
      const scopes = new Set(least(chosen.map(({ alternatives }) => alternatives)).flat());
      result.replaceChildren(chosen.length === 0 ? 'Choose the operations that you call.' : 'Sufficient: ');
      for (const [index, scope] of [...scopes].sort().entries()) {
        if (index > 0) result.append(' ');
        add(result, 'code', scope);
      }
    };
    filter.addEventListener('input', () => {
      const words = filter.value.toLowerCase().split(/\s+/);
      for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word));
    });
    list.addEventListener('change', update);
    update();
  };
  const script = document.createElement('script');
  script.src = `${root}assets/scopes.js`;
  script.addEventListener('load', () => {
    show((globalThis as unknown as { rolecallScopes: readonly ScopedOperation[] }).rolecallScopes);
  });
  document.head.appendChild(script);
}
