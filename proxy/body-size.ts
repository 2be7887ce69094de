import { RunError } from '../conformance/errors.js';

/** Copies of larger bodies are no use: JSON of this size is not read. In bytes. */
const LARGEST_BODY = 64 * 1024 * 1024;

/** The value of `--max-body`, in bytes. @throws RunError unless it is a size */
export function parseBodySize(text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= LARGEST_BODY) return Number(text);
  throw new RunError('BAD_OPTION', `invalid --max-body "${text}"; expected a whole number from 0 to ${LARGEST_BODY}.`);
}
