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
 * begin with that of any server of the document, such as the one of a preview.
 */
export function routeTable(contract: Contract): RouteTable {
  const routers = new Map<string, Router<Operation>>();
  for (const operation of contract.operations) {
    const router = routers.get(operation.method) ?? new Router<Operation>();
    routers.set(operation.method, router);
    router.at(operation.route, () => operation);
  }
  const { serverPath, document } = contract;
  const others = serverPathsOf(document).filter((path) => path !== serverPath);
  const find = (method: string, path: string): RouteMatch | undefined => {
    const segments = path.startsWith('/') ? path.slice(1).split('/').map(decodeSegment) : [];
    if (segments.length === 0 || !segments.every(isSendable)) return undefined;
    const found = routers.get(method)?.findSegments(segments);
    return found === undefined ? undefined : { operation: found.target, path: found.parameters };
  };
  return {
    match(method, path) {
      const found = find(method, path);
      if (found !== undefined) return found;
      const other = others.find((each) => path.startsWith(`${each}/`));
      return other === undefined ? undefined : find(method, serverPath + path.slice(other.length));
    },
  };
}

/** Whether a URL can carry a segment: clients and servers resolve `.` and `..` to another path. */
function isSendable(segment: string | undefined): segment is string {
  return segment !== undefined && segment !== '.' && segment !== '..';
}
