import type { ServedRequest } from './served-request.js';

/** `09:30:00.123 POST /api/v2/roles 403 roles.create, scope: required scopes: …` */
export function logLine({ method, path, status, operation, reason }: ServedRequest, now: number): string {
  const time = new Date(now).toISOString().slice(11, 23);
  const details = [operation, reason].filter((part) => part !== undefined).join(', ');
  return `${time} ${printable(method)} ${printable(path)} ${status}${details === '' ? '' : ` ${printable(details)}`}`;
}

/** Keeps a request on its own line and away from terminal controls. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
  return plain.length > 500 ? `${plain.slice(0, 500)}…` : plain;
}
