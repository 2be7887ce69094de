import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/** The path of the machine's Chromium, best the one without windows; undefined if there is none. */
export const installedBrowser: string | undefined = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  .find((file) => existsSync(file));

/** Chromium shows pages of this project alone. */
const OPTIONS = [
  // CI runs as root.
  '--no-sandbox',
  // Fewer processes do the same work in a little less processor time.
  '--enable-features=NetworkServiceInProcess2',
  '--renderer-process-limit=1',
  '--disable-gpu',
];

/** Starts the machine's Chromium. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: installedBrowser ?? 'chromium', args: OPTIONS });
}
