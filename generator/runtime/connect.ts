import { sendBatches } from './batch.js';
import { createCall } from './call.js';
import type { ClientCredentials, ConnectionOptions } from './options.js';
import { walkPages } from './pages.js';
import type { Route, Routes, Server } from './route.js';

/**
 * The client that a table of routes describes: an object of groups and methods. `Client` is the type that was written
 * from the same contract as the table; that cast is the only one between the types and the wire.
 */
export function connect<Client>(
  routes: Routes,
  server: Server,
  connection: ConnectionOptions<ClientCredentials>,
): Client {
  const call = createCall(server, connection);

  /** A route's method, and those that follow from it. Arguments come as the types say: ids, body, query, options. */
  function methods(name: string, route: Route): [string, unknown][] {
    const [target, , { body, query, all, batch } = {}] = route;
    const count = target.split('{').length - 1;
    const method =
      (run: (ids: unknown[], rest: unknown[]) => unknown) =>
      (...given: unknown[]) =>
        run(given.slice(0, count), given.slice(count));
    const made: [string, unknown][] = [
      [name, method((ids, rest) => call(route, ids, body && rest.shift(), query && rest.shift(), rest[0]))],
    ];
    if (all) {
      const pages = method((ids, [query, options]) =>
        walkPages(all, (page) => call(route, ids, undefined, page, options), query),
      );
      made.push([all[0], pages]);
    }
    if (batch) {
      const [name, property, size] = batch;
      const batches = method((ids, [entries, options]) =>
        sendBatches(entries, size, (part) => call(route, ids, { [property]: part }, undefined, options)),
      );
      made.push([name, batches]);
    }
    return made;
  }

  function group(members: Routes): unknown {
    return Object.fromEntries(
      Object.entries(members).flatMap(([name, member]) =>
        isRoute(member) ? methods(name, member) : [[name, group(member)]],
      ),
    );
  }
  return group(routes) as Client;
}

function isRoute(member: Route | Routes): member is Route {
  return Array.isArray(member);
}
