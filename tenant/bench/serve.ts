/** The tenant's figures beside a bare server's and a mock's: `npm run bench`. */
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

export async function run(): Promise<void> {
  // The figures follow in the next commits.
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) await run();
