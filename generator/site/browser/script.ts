import { leastAlternatives } from '../../../contract/scopes/least-alternatives.js';
import { copyOnClick } from '../../../web/copy-on-click.js';
import { pickScopes } from './pick-scopes.js';
import { type SearchEntry, searchPages } from './search.js';
import { type SiteTools, siteTools } from './site-tools.js';

function showControls({ all }: SiteTools): void {
  document.documentElement.classList.add('scripted');
  for (const part of all<HTMLElement>('[data-script], .command > button')) part.hidden = false;
}

function chooseTheme({ find, remember, remembered, say }: SiteTools): void {
  const button = find<HTMLButtonElement>('#theme');
  const root = document.documentElement;
  const NEXT: Record<string, string> = { auto: 'light', light: 'dark', dark: 'auto' };
  const show = (theme: string): void => {
    if (theme === 'auto') delete root.dataset.theme;
    else root.dataset.theme = theme;
    if (button) button.textContent = `Theme: ${theme}`;
  };
  let theme = remembered('theme') ?? 'auto';
  show(theme);
  button?.addEventListener('click', () => {
    theme = NEXT[theme] ?? 'auto';
    show(theme);
    remember('theme', theme);
    say(`Theme: ${theme}`);
  });
}

/** Shows one language at a time, and the same one on every page. */
function showOneLanguage({ all, remember, remembered }: SiteTools): void {
  const boxes = all<HTMLElement>('.samples');
  const choose = (label: string): void => {
    for (const box of boxes) {
      const tabs = [...box.querySelectorAll<HTMLButtonElement>('[role=tab]')];
      const chosen = tabs.find((tab) => tab.textContent === label) ?? tabs[0];
      for (const tab of tabs) {
        const selected = tab === chosen;
        tab.setAttribute('aria-selected', `${selected}`);
        tab.tabIndex = selected ? 0 : -1;
        const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
        if (panel) panel.hidden = !selected;
      }
    }
  };
  for (const [number, box] of boxes.entries()) {
    const list = document.createElement('div');
    list.setAttribute('role', 'tablist');
    list.setAttribute('aria-label', 'Language');
    for (const [index, panel] of [...box.querySelectorAll<HTMLElement>('.sample')].entries()) {
      const tab = document.createElement('button');
      tab.type = 'button';
      tab.id = `tab-${number}-${index}`;
      panel.id = `panel-${number}-${index}`;
      tab.textContent = panel.querySelector('h3')?.textContent ?? '';
      panel.querySelector('h3')?.remove();
      tab.setAttribute('role', 'tab');
      tab.setAttribute('aria-controls', panel.id);
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', tab.id);
      tab.addEventListener('click', () => {
        choose(tab.textContent ?? '');
        remember('language', tab.textContent ?? '');
      });
      list.appendChild(tab);
    }
    list.addEventListener('keydown', (event) => {
      const tabs = [...list.querySelectorAll<HTMLButtonElement>('[role=tab]')];
      const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
      const step = steps[event.key];
      const now = tabs.indexOf(document.activeElement as HTMLButtonElement);
      if (step === undefined || now < 0) return;
      event.preventDefault();
      const next = tabs[(now + step + tabs.length) % tabs.length];
      next?.focus();
      next?.click();
    });
    box.prepend(list);
  }
  choose(remembered('language') ?? '');
}

/** The results of a search: what is shown, and which one the keyboard is at. */
interface ResultList {
  readonly show: (found: readonly SearchEntry[], isAnswer: boolean) => void;
  readonly close: () => void;
  /** Goes to the next result, or by -1 to the one before. */
  readonly move: (step: number) => void;
  /** Opens a result; by default the one the keyboard is at. */
  readonly open: (option?: HTMLElement) => void;
}

function resultList(root: string, input: HTMLInputElement, list: HTMLUListElement): ResultList {
  let active = -1;
  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role=option]')];
  const mark = (index: number): void => {
    active = index;
    for (const [position, option] of options().entries()) {
      option.setAttribute('aria-selected', `${position === index}`);
      if (position === index) option.scrollIntoView({ block: 'nearest' });
    }
    if (index < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `result-${index}`);
  };
  const add = (attributes: Readonly<Record<string, string>>): HTMLElement => {
    const option = document.createElement('li');
    option.setAttribute('role', 'option');
    for (const [name, value] of Object.entries(attributes)) option.setAttribute(name, value);
    list.appendChild(option);
    return option;
  };
  return {
    show: (found, isAnswer) => {
      list.replaceChildren();
      for (const [index, [kind, title, path, detail]] of found.entries()) {
        const option = add({ id: `result-${index}`, 'data-path': path });
        for (const [name, text] of Object.entries({ kind, title, detail })) {
          const part = document.createElement('span');
          part.className = name;
          part.textContent = text;
          option.append(part, ' ');
        }
      }
      if (isAnswer && found.length === 0)
        add({ class: 'dim', 'aria-disabled': 'true', 'aria-selected': 'false' }).textContent =
          'No page has these words.';
      list.hidden = list.childElementCount === 0;
      input.setAttribute('aria-expanded', `${!list.hidden}`);
      mark(found.length > 0 ? 0 : -1);
    },
    close: () => {
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      mark(-1);
    },
    move: (step) => {
      const count = options().filter(({ dataset }) => dataset.path !== undefined).length;
      if (count > 0) mark((active + step + count) % count);
    },
    open: (option = options()[active]) => {
      if (option?.dataset.path !== undefined) location.href = root + encodeURI(option.dataset.path);
    },
  };
}

/** Suggests pages while the reader types. The index is loaded when the search is used for the first time. */
function suggestPages({ find, root, say }: SiteTools, search: typeof searchPages, createList: typeof resultList): void {
  const input = find<HTMLInputElement>('#search');
  const list = find<HTMLUListElement>('#results');
  if (!input || !list) return;
  const results = createList(root, input, list);
  let loading: Promise<readonly SearchEntry[]> | undefined;
  const load = (): Promise<readonly SearchEntry[]> => {
    loading ??= new Promise((resolve) => {
      const script = document.createElement('script');
      script.src = `${root}assets/search.js`;
      script.addEventListener('load', () => {
        resolve((globalThis as unknown as { rolecallPages: readonly SearchEntry[] }).rolecallPages);
      });
      document.head.appendChild(script);
    });
    return loading;
  };
  const update = async (): Promise<void> => {
    const query = input.value;
    const found = search(await load(), query, 12);
    if (query !== input.value) return;
    results.show(found, query.trim() !== '');
    say(`${found.length} pages`);
  };
  const KEYS: Record<string, () => void> = {
    Escape: () => results.close(),
    Enter: () => results.open(),
    ArrowDown: () => results.move(1),
    ArrowUp: () => results.move(-1),
  };
  input.addEventListener('focus', () => void load());
  input.addEventListener('input', () => void update());
  input.addEventListener('keydown', (event) => {
    const act = KEYS[event.key];
    if (act === undefined) return;
    act();
    event.preventDefault();
  });
  list.addEventListener('click', (event) => {
    const option = (event.target as Element).closest<HTMLElement>('[role=option]');
    if (option) results.open(option);
  });
  document.addEventListener('click', (event) => {
    if (!(event.target as Element).closest('.search')) results.close();
  });
  document.addEventListener('keydown', (event) => {
    const typing = (event.target as Element).closest('input, textarea, select');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** On wide screens the list of pages is always there. */
function openMenu({ find }: SiteTools): void {
  const menu = find<HTMLDetailsElement>('#menu');
  const wide = matchMedia('(min-width: 900px)');
  const adapt = (): void => {
    if (menu) menu.open = wide.matches;
  };
  adapt();
  wide.addEventListener('change', adapt);
  find('#menu [aria-current]')?.scrollIntoView({ block: 'nearest' });
}

/**
 * The text of the site's script. Each part runs in the browser as its own text, so it uses nothing but its arguments.
 * Without the script, pages have their navigation and every sample, and no search.
 */
export const SCRIPT = `{
const tools = (${siteTools})();
(${copyOnClick})(tools.all('.command > button'), tools.say);
${[showControls, chooseTheme, showOneLanguage, openMenu].map((part) => `(${part})(tools);`).join('\n')}
(${suggestPages})(tools, ${searchPages}, ${resultList});
(${pickScopes})(tools, ${leastAlternatives});
}
`;
