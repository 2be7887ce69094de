import { callBy } from './call.js';
import type { SendingConnection } from './options.js';
import type { Route, Routes } from './route.js';

/**
 * Creates a client from a table of routes: an object of groups and methods. `Client` is the type that is generated from
 * the same contract as the table. This cast is the only one between the types and the requests.
 */
export function bindRoutes<Client>(routes: Routes, connection: SendingConnection): Client {
  function group(members: Routes, before: string, own: string): object {
    const path = `${members[''] ?? ''}`;
    const start = before + path + (path.endsWith('/') ? own : '');
    const made: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(members)) {
      if (typeof member === 'string') continue;
      if (!Array.isArray(member)) {
        // The compiler does not tell readonly lists from objects here.
        made[name] = group(member as Routes, start, name);
        continue;
      }
      const route = member as unknown as Route;
      const send = (given: readonly unknown[]) => callBy(connection.send, connection, route, given, start);
      made[name] = (...given: readonly unknown[]) => send(given);
      for (const [repeated, repeat] of Object.entries(route[3]?.more ?? {})) {
        made[repeated] = (...given: readonly unknown[]) =>
          repeat(send, given, (start + route[1]).split('{').length - 1, own);
      }
    }
    return made;
  }
  return group(routes, '', '') as Client;
}
