import type { Contract, Json } from '../../contract/contract.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import { neededValues } from './needed-values.js';
import { lastParameter } from './path-names.js';

/** A number that no item has. */
const UNUSED_NUMBER = 1_987_654_321;

/** Whether the GET at the path of a request shows something, and nothing under a name that nothing has. */
export async function isShownAtPath(
  contract: Contract,
  { operation, values }: PlannedRequest,
  send: (request: PlannedRequest) => Promise<Exchange>,
): Promise<boolean> {
  const reading = contract.operations.find(({ method, route }) => method === 'GET' && route === operation?.route);
  const parameter = lastParameter(operation?.path ?? '');
  if (reading === undefined || parameter === undefined || values === undefined) return false;
  const needed = neededValues(contract, reading);
  const read = (name: Json) => send(buildRequest(reading, { ...needed, path: { ...values.path, [parameter]: name } }));
  const name = values.path[parameter] ?? '';
  const unused = typeof name === 'number' ? UNUSED_NUMBER : `${String(name)}0`;
  return succeeded(await read(name)) && !succeeded(await read(unused));
}
