import { queryWithoutSecrets, withoutTokens } from '../../contract/secrets/without-secrets.js';
import { printable } from '../../contract/text/printable.js';
import type { ServedRequest } from './served-request.js';

/** The maximum length of a part of a line that comes from the request. */
const MAX_PART_LENGTH = 500;

/** Without secrets: `09:30:00.123 GET /v1/shelves?page=1 403 shelves.list, scope: required scopes: …`. @param now milliseconds since 1970 */
export function logLine({ method, path, query, status, operation, reason }: ServedRequest, now: number): string {
  const time = new Date(now).toISOString().slice(11, 23);
  const target = query === '' ? path : `${path}?${queryWithoutSecrets(query)}`;
  const details = [operation, reason].filter((part) => part !== undefined).join(', ');
  return `${time} ${part(method)} ${part(target)} ${status}${details === '' ? '' : ` ${part(details)}`}`;
}

/** Keeps a request on its own line, of limited length, and away from terminal controls. */
function part(text: string): string {
  const shown = printable(withoutTokens(text)).replaceAll('\t', ' ');
  return shown.length > MAX_PART_LENGTH ? `${shown.slice(0, MAX_PART_LENGTH)}…` : shown;
}
