import type { Contract, Response } from '../../contract/contract.js';
import { headerText } from '../../contract/http/header-value.js';
import { sampleValue } from '../../contract/sample/sample-value.js';

/** Headers that say how the message itself is sent. */
const OF_THE_MESSAGE = new Set([
  'content-length',
  'transfer-encoding',
  'content-encoding',
  'connection',
  'content-type',
  'trailer',
  'upgrade',
]);

/** The headers that a documented response requires, with values that fit. A redirect leads nowhere without its Location. */
export function sampleHeaders(contract: Contract, response: Response | undefined, status: number): HeaderValues {
  const headers: Record<string, string> = {};
  for (const header of response?.headers ?? []) {
    const { name, required, schema } = header;
    if (!required && !(name === 'location' && status >= 300 && status < 400)) continue;
    const value = sampleValue(contract, schema, { direction: 'answer', name });
    const text = headerText(header, value);
    if (!OF_THE_MESSAGE.has(name) && isSendable(name, text)) headers[name] = text;
  }
  return headers;
}

export type HeaderValues = Readonly<Record<string, string>>;

export function isSendable(name: string, value: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
