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

  function group(members: Routes): object {
    const made: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(members)) {
      if (!isRoute(member)) {
        made[name] = group(member);
        continue;
      }
      const [, path, , { body, query, all, batch } = {}] = member;
      const count = path.split('{').length - 1;
      // Arguments come as the types say: ids, then body, query and options.
      made[name] = async (...given: unknown[]) => {
        const rest = given.splice(count);
        return call(member, given, body && rest.shift(), query && rest.shift(), rest[0]);
      };
      if (all) {
        made[all[0]] = (...given: unknown[]) => {
          const [start, options] = given.splice(count);
          return walkPages(all, (page) => call(member, given, undefined, page, options), start);
        };
      }
      if (batch) {
        const [method, property, size] = batch;
        made[method] = async (...given: unknown[]) => {
          const [entries, options] = given.splice(count);
          return sendBatches(entries, size, (part) => call(member, given, { [property]: part }, undefined, options));
        };
      }
    }
    return made;
  }
  return group(routes) as Client;
}

function isRoute(member: Route | Routes): member is Route {
  return Array.isArray(member);
}
