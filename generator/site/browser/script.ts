import { fewestScopes } from '../../emit/guides/least-scopes.js';
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

function copyCode({ all, say }: SiteTools): void {
  for (const button of all<HTMLButtonElement>('.command > button')) {
    button.addEventListener('click', async () => {
      const text = button.parentElement?.querySelector('code')?.textContent ?? '';
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        // Browsers offer no clipboard to pages that are opened from disk.
        const area = document.createElement('textarea');
        area.value = text;
        document.body.appendChild(area);
        area.select();
        document.execCommand('copy');
        area.remove();
      }
      say('Copied.');
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 1500);
    });
  }
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

/** Suggests pages while the reader types. The index is loaded when the search is used for the first time. */
function suggestPages({ find, root, say }: SiteTools, search: typeof searchPages): void {
  const input = find<HTMLInputElement>('#search');
  const list = find<HTMLUListElement>('#results');
  if (!input || !list) return;
  let loading: Promise<readonly SearchEntry[]> | undefined;
  let active = -1;
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
  const close = (): void => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    mark(-1);
  };
  const update = async (): Promise<void> => {
    const query = input.value;
    const found = search(await load(), query, 12);
    if (query !== input.value) return;
    list.replaceChildren();
    for (const [index, [kind, title, path, detail]] of found.entries()) {
      const option = document.createElement('li');
      option.id = `result-${index}`;
      option.setAttribute('role', 'option');
      option.dataset.path = path;
      for (const [name, text] of [
        ['kind', kind],
        ['title', title],
        ['detail', detail],
      ]) {
        const part = document.createElement('span');
        part.className = name ?? '';
        part.textContent = text ?? '';
        option.append(part, ' ');
      }
      list.appendChild(option);
    }
    if (query.trim() !== '' && found.length === 0) {
      const none = document.createElement('li');
      none.className = 'dim';
      none.setAttribute('role', 'option');
      none.setAttribute('aria-disabled', 'true');
      none.setAttribute('aria-selected', 'false');
      none.textContent = 'No page has these words.';
      list.appendChild(none);
    }
    list.hidden = list.childElementCount === 0;
    input.setAttribute('aria-expanded', `${!list.hidden}`);
    mark(found.length > 0 ? 0 : -1);
    say(`${found.length} pages`);
  };
  const open = (option: HTMLElement | undefined): void => {
    if (option?.dataset.path !== undefined) location.href = root + encodeURI(option.dataset.path);
  };
  input.addEventListener('focus', () => void load());
  input.addEventListener('input', () => void update());
  input.addEventListener('keydown', (event) => {
    const count = options().filter(({ dataset }) => dataset.path !== undefined).length;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') open(options()[active]);
    else if (count > 0 && event.key === 'ArrowDown') mark((active + 1) % count);
    else if (count > 0 && event.key === 'ArrowUp') mark((active + count - 1) % count);
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', (event) =>
    open((event.target as Element).closest<HTMLElement>('[role=option]') ?? undefined),
  );
  document.addEventListener('click', (event) => {
    if (!(event.target as Element).closest('.search')) close();
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
${[showControls, chooseTheme, copyCode, showOneLanguage, openMenu].map((part) => `(${part})(tools);`).join('\n')}
(${suggestPages})(tools, ${searchPages});
(${pickScopes})(tools, ${fewestScopes});
}
`;
