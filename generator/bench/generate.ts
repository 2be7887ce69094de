/** The generator's figures beside its peers', whole processes each: `npm run bench`. */
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

export async function run(): Promise<void> {
  // The figures follow in the next commits.
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) await run();
