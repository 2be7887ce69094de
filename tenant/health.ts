import type { PlainRequest, PlainResponse } from './exchange.js';

/** Where a tenant says that it is ready. A contract that has this path takes precedence. */
export const HEALTH_PATH = '/_rolecall/health';

export const HEALTHY: PlainResponse = {
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: '{"status":"ready"}',
};

/** The path of the control API, and of all that is below it. */
export const CONTROL_PATH = '/_rolecall/';

export function isControlPath(path: string): boolean {
  return path.startsWith(CONTROL_PATH);
}

/** Health checks need no token, count towards no rate limit and are not logged: some tools send one every second. */
export function isHealthCheck({ method, path }: PlainRequest): boolean {
  return path === HEALTH_PATH && (method === 'GET' || method === 'HEAD');
}
