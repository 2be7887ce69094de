import { RunError } from '../conformance/errors.js';

const LARGEST_PORT = 65_535;
/** Copies of larger bodies are no use: JSON of this size is not read. In bytes. */
const LARGEST_BODY = 64 * 1024 * 1024;

/** @throws RunError unless it is a port */
export function readPort(text: string): number {
  return readNumber('--port', text, LARGEST_PORT);
}

/** In bytes. @throws RunError unless it is a size */
export function readLargestBody(text: string): number {
  return readNumber('--max-body', text, LARGEST_BODY);
}

/** @throws RunError on an empty host, as from an unset variable: the system would listen on all interfaces */
export function readHost(text: string): string {
  if (text.trim() !== '') return text;
  throw new RunError('BAD_OPTION', 'invalid --host ""; expected an address such as 127.0.0.1.');
}

function readNumber(option: string, text: string, most: number): number {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  throw new RunError('BAD_OPTION', `invalid ${option} "${text}"; expected a whole number from 0 to ${most}.`);
}
