import { sendBatches } from './batch.js';
import { createCall } from './call.js';
import type { Connection, RequestOptions } from './options.js';
import { walkPages } from './pages.js';
import type { Route, Routes, Server } from './route.js';

/**
 * Creates a client from a table of routes: an object of groups and methods. `Client` is the type that is generated from
 * the same contract as the table. This cast is the only one between the types and the requests.
 */
export function connect<Client>(routes: Routes, server: Server, connection: Connection): Client {
  const call = createCall(server, connection);

  function group(members: Routes): object {
    const made: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(members)) {
      if (!isRoute(member)) {
        made[name] = group(member);
        continue;
      }
      const [, path, , { body, query, headers, cookies, all, batch } = {}] = member;
      const count = path.split('{').length - 1;
      // As the types say: ids, then body, query, headers, cookies and options.
      const lastOf = (rest: unknown[]) => ({
        headers: headers && rest.shift(),
        cookies: cookies && rest.shift(),
        options: rest[0] as RequestOptions,
      });
      made[name] = async (...ids: unknown[]) => {
        const rest = ids.splice(count);
        return call(member, { ids, body: body && rest.shift(), query: query && rest.shift(), ...lastOf(rest) });
      };
      if (all) {
        made[all[0]] = (...ids: unknown[]) => {
          const [start, ...rest] = ids.splice(count);
          const last = lastOf(rest);
          return walkPages(all, (page) => call(member, { ids, query: page, ...last }), start);
        };
      }
      if (batch) {
        const [method, property, size] = batch;
        made[method] = async (...ids: unknown[]) => {
          const [entries, ...rest] = ids.splice(count);
          const last = lastOf(rest);
          const send = (part: unknown) => call(member, { ids, body: { [property]: part }, ...last });
          return sendBatches(entries, size, send);
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
