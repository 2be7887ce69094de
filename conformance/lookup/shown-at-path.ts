import type { Contract, Json, Operation } from '../../contract/contract.js';
import { pathSegments, shapeOf } from '../../contract/derive/path-shape.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import { neededValues } from './needed-values.js';
import { lastParameter, pathValuesFor } from './path-names.js';
import { itemRouteOf } from './removal-paths.js';

/** A number that no item has. */
const UNUSED_NUMBER = 1_987_654_321;

/** The GET at the path of an operation: documents may give its parameters other names there. */
export function readingAt({ operations }: Contract, route: string): Operation | undefined {
  const formOf = (path: string): string => shapeOf(pathSegments(path));
  return operations.find((other) => other.method === 'GET' && formOf(other.route) === formOf(route));
}

/** The request that reads what another names in its path, where an operation does. */
export function readingOf(contract: Contract, { operation, values }: PlannedRequest): PlannedRequest | undefined {
  if (operation === undefined || values === undefined) return undefined;
  const reading = readingAt(contract, itemRouteOf(operation.route));
  if (reading === undefined) return undefined;
  const path = pathValuesFor(reading, { operation, values: values.path });
  return buildRequest(reading, { ...neededValues(contract, reading), path });
}

/**
 * Whether the GET at the path of a request shows something, and nothing under a name that nothing has.
 * @param route - the beginning of the path to read instead, which ends in a parameter
 */
export async function isShownAtPath(
  contract: Contract,
  { operation, values }: PlannedRequest,
  send: (request: PlannedRequest) => Promise<Exchange>,
  route = operation?.route,
): Promise<boolean> {
  if (operation === undefined || values === undefined || route === undefined) return false;
  const reading = readingAt(contract, route);
  const parameter = lastParameter(reading?.path ?? '');
  if (reading === undefined || parameter === undefined) return false;
  const needed = neededValues(contract, reading);
  const path = pathValuesFor(reading, { operation, values: values.path });
  const read = (name: Json) => send(buildRequest(reading, { ...needed, path: { ...path, [parameter]: name } }));
  const name = path[parameter] ?? '';
  const unused = typeof name === 'number' ? UNUSED_NUMBER : `${String(name)}0`;
  return succeeded(await read(name)) && !succeeded(await read(unused));
}
