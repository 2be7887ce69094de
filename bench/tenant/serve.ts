/** The tenant's figures beside a bare server's, a mock's and those of a smaller tenant: `npm run bench`. */
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { printSections } from '../measure/sections.js';
import { measureHttp } from './http.js';
import { measureInProcess } from './in-process.js';
import { measureLifecycle } from './lifecycle.js';
import { measureScale } from './scale.js';

export async function run(): Promise<void> {
  await printSections('The tenant: an authorised GET of the roles of a user, and scale', [
    { name: 'requests over HTTP', measure: measureHttp },
    { name: 'calls in process', measure: measureInProcess },
    { name: 'scale', measure: measureScale },
    { name: 'start, reset and load', measure: measureLifecycle },
  ]);
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) await run();
