import { counted } from '../../conformance/report/last-line.js';
import type { Contract } from '../../contract/contract.js';
import type { RecordedRequest } from './recording.js';
import type { RouteTable } from './route-table.js';

/** Where recorded paths begin, compared with where those of the contract do. */
export interface OtherRoot {
  /** What the recorded paths have before the path of an operation, `/api/v1`; may be empty. */
  readonly recorded: string;
  /** How many requests would be in the contract if its paths began there. */
  readonly requests: number;
}

/**
 * The beginning that makes most of the requests operations of the contract: recordings of a server below a path that the
 * document's `servers` leave out, or the reverse. Undefined where no beginning does.
 */
export function otherRoot(
  { serverPath }: Pick<Contract, 'serverPath'>,
  routes: RouteTable,
  requests: readonly Pick<RecordedRequest, 'method' | 'path'>[],
): OtherRoot | undefined {
  const counts = new Map<string, number>();
  for (const { method, path } of requests) {
    const recorded = beginningOf({ serverPath, routes }, method, path);
    if (recorded !== undefined) counts.set(recorded, (counts.get(recorded) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most === undefined ? undefined : { recorded: most[0], requests: most[1] };
}

interface Known {
  readonly serverPath: string;
  readonly routes: RouteTable;
}

/** The shortest beginning to replace by the path of the server. */
function beginningOf({ serverPath, routes }: Known, method: string, path: string): string | undefined {
  const segments = path.split('/');
  for (let at = 1; at < segments.length; at += 1) {
    const beginning = segments.slice(0, at).join('/');
    const rest = `/${segments.slice(at).join('/')}`;
    const match = beginning === serverPath ? undefined : routes.match(method, serverPath + rest);
    // What has parameters only, such as /{id}, fits anything.
    if (match !== undefined && /\/[^/{}]+/.test(match.operation.route.slice(serverPath.length))) return beginning;
  }
  return undefined;
}

/** What to do about it, a sentence. */
export function otherRootHint(
  { recorded, requests }: OtherRoot,
  { serverPath, document }: Pick<Contract, 'serverPath' | 'document'>,
): string {
  const url = recorded === '' ? '/' : recorded;
  const root = recorded === '' ? `not below "${serverPath}"` : `below "${recorded}"`;
  // An update appends to a list that is there.
  const action = Array.isArray(document.servers)
    ? { target: '$.servers[0]', update: { url } }
    : { target: '$', update: { servers: [{ url }] } };
  return `${counted(requests, 'request')} would be in the contract with the document's paths ${root}: pass an --overlay with the action ${JSON.stringify(action)}.`;
}
