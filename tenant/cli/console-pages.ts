import type { ConsoleOptions } from '../../console/server/console.js';
import type { Pages, PlainRequest } from '../exchange.js';

/** The paths of the console: its page for browsers, and what the page loads and calls. */
const CONSOLE_PATH = '/_rolecall/console';

/** The console in front of a tenant. It is loaded when somebody opens it, so that a tenant starts without it. */
export function consolePages(options: ConsoleOptions): Pages {
  let loaded: Promise<Pages> | undefined;
  return (request, api) => {
    if (!isForConsole(request)) return api(request);
    loaded ??= import('../../console/server/console.js').then(({ createConsole }) => createConsole(options));
    return loaded.then((pages) => pages(request, api));
  };
}

function isForConsole({ path, method, headers }: PlainRequest): boolean {
  if (path === '/') return method === 'GET' && headers.accept?.includes('text/html') === true;
  return path.startsWith(CONSOLE_PATH);
}
