import type { Contract, Operation } from '../../contract/contract.js';
import { decodeSegment } from '../../contract/http/percent-encoding.js';
import { Router } from '../../contract/http/router.js';
import { serverPathsOf } from '../../contract/load/source.js';

/** The operation of a method and a path, with the path parameters. */
export interface RouteMatch {
  readonly operation: Operation;
  /** Path parameters, decoded. */
  readonly path: Readonly<Record<string, string>>;
}

export interface RouteTable {
  /** Undefined if the contract has no such operation. */
  match(method: string, path: string): RouteMatch | undefined;
}

/**
 * Finds operations by recorded paths, which clients encode in different ways: segments are compared decoded. A path may
 * begin with that of any server of the document, such as the one of a preview; what fits several is of the most specific
 * operation.
 */
export function routeTable(contract: Contract): RouteTable {
  const routers = new Map<string, Router<Operation>>();
  for (const operation of contract.operations) {
    const router = routers.get(operation.method) ?? new Router<Operation>();
    routers.set(operation.method, router);
    router.at(operation.route, () => operation);
  }
  const { serverPath, document } = contract;
  const others = serverPathsOf(document)
    .filter((path) => path !== serverPath)
    .sort((one, other) => other.length - one.length);
  const find = (method: string, path: string): RouteMatch | undefined => {
    const segments = path.startsWith('/') ? path.slice(1).split('/').map(decodeSegment) : [];
    if (segments.length === 0 || !segments.every(isSendable)) return undefined;
    const found = routers.get(method)?.findSegments(segments);
    return found === undefined ? undefined : { operation: found.target, path: found.parameters };
  };
  return {
    match(method, path) {
      const below = others.filter((each) => path.startsWith(`${each}/`));
      const paths = [path, ...below.map((each) => serverPath + path.slice(each.length))];
      return mostSpecific(paths.map((each) => find(method, each)));
    },
  };
}

/** The first with the fewest parameters: a parameter fits the beginning of a server's path too. */
function mostSpecific(matches: readonly (RouteMatch | undefined)[]): RouteMatch | undefined {
  const count = ({ path }: RouteMatch): number => Object.keys(path).length;
  return matches.reduce((best, each) => {
    if (best === undefined || each === undefined) return best ?? each;
    return count(each) < count(best) ? each : best;
  }, undefined);
}

/** Whether a URL can carry a segment: clients and servers resolve `.` and `..` to another path. */
function isSendable(segment: string | undefined): segment is string {
  return segment !== undefined && segment !== '.' && segment !== '..';
}
