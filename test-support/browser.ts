import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The path of the machine's Chromium; undefined if there is none. */
export const installedBrowser: string | undefined = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  .find((file) => existsSync(file));

/** Starts the machine's Chromium. Without a sandbox: it shows pages of this project alone, and CI runs as root. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: installedBrowser ?? 'chromium', args: ['--no-sandbox'] });
}
