/** What the parts of the script share. */
export interface SiteTools {
  /** The path from this page to the root of the site: empty, or `../`. */
  readonly root: string;
  readonly find: <T extends Element>(selector: string) => T | null;
  readonly all: <T extends Element>(selector: string) => readonly T[];
  /** Says something to screen readers. */
  readonly say: (text: string) => void;
  /** Remembers a choice between pages, as far as the browser allows it. */
  readonly remembered: (key: string) => string | null;
  readonly remember: (key: string, value: string) => void;
}

/** Runs in the browser as its own text. */
export function siteTools(): SiteTools {
  const status = document.querySelector('#status');
  return {
    root: document.documentElement.dataset.root ?? '',
    find: (selector) => document.querySelector(selector),
    all: (selector) => [...document.querySelectorAll(selector)] as never[], // of the caller's type, as querySelector has it
    say: (text) => {
      if (status) status.textContent = text;
    },
    remembered: (key) => {
      try {
        return localStorage.getItem(`rolecall-${key}`);
      } catch {
        return null;
      }
    },
    remember: (key, value) => {
      try {
        localStorage.setItem(`rolecall-${key}`, value);
      } catch {
        // The choice holds for this page.
      }
    },
  };
}
