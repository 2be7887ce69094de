import type { Served } from '../routing/served.js';

/** `09:30:00.123 POST /api/v2/roles 403 roles.create, scope: needs …` */
export function logLine({ method, path, status, operation, reason }: Served, now: number): string {
  const time = new Date(now).toISOString().slice(11, 23);
  const told = [operation, reason].filter((part) => part !== undefined).join(', ');
  return `${time} ${printable(method)} ${printable(path)} ${status}${told === '' ? '' : ` ${printable(told)}`}`;
}

/** No request writes more than its own line, or moves the cursor of a terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
  return plain.length > 500 ? `${plain.slice(0, 500)}…` : plain;
}
