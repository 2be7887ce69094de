/** The tenant's figures beside a bare server's, a mock's and those of a smaller tenant: `npm run bench`. */
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { formatFigures } from '../../spec/bench/figures.js';
import { measureHttp } from './http.js';
import { measureInProcess } from './in-process.js';
import { measureScale } from './scale.js';

export async function run(): Promise<void> {
  const figures = [...(await measureHttp()), ...(await measureInProcess()), ...(await measureScale())];
  process.stdout.write(formatFigures('The tenant: an authorised GET of the roles of a user, and scale', figures));
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) await run();
