import { isIP } from 'node:net';

/** The id of the certificate extension for name constraints (RFC 5280, section 4.2.1.10). */
export const NAME_CONSTRAINTS = '2.5.29.30';

const SEQUENCE = 0x30;
/** `permittedSubtrees`, context tag 0. */
const PERMITTED = 0xa0;
/** `GeneralName`, context tag 2. */
const DNS_NAME = 0x82;
/** `GeneralName`, context tag 7. */
const IP_ADDRESS = 0x87;

/**
 * The name constraints of an authority that may sign certificates only for these host names and addresses.
 *
 * @returns the value of the extension, DER
 */
export function permittedNames(names: readonly string[]): Buffer<ArrayBuffer> {
  const subtrees = names.map((name) => der(SEQUENCE, isIP(name) === 0 ? dnsName(name) : ipAddress(name)));
  return der(SEQUENCE, der(PERMITTED, ...subtrees));
}

/** Permits subdomains too: the format cannot exclude them. */
function dnsName(name: string): Buffer {
  return der(DNS_NAME, Buffer.from(name, 'ascii'));
}

/** The address and a mask that permits no other. */
function ipAddress(address: string): Buffer {
  const bytes = isIP(address) === 4 ? address.split('.').map(Number) : ipv6Bytes(address);
  return der(IP_ADDRESS, Buffer.from(bytes), Buffer.alloc(bytes.length, 0xff));
}

function ipv6Bytes(address: string): number[] {
  // URL normalizes embedded IPv4 addresses; it does not know zones such as %eth0.
  const normalized = new URL(`http://[${address.replace(/%.*/, '')}]`).hostname.slice(1, -1);
  const [before = '', after] = normalized.split('::');
  const [head, tail] = [groupsOf(before), groupsOf(after ?? '')];
  const zeros = new Array<number>(8 - head.length - tail.length).fill(0);
  return [...head, ...zeros, ...tail].flatMap((group) => [group >> 8, group & 0xff]);
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

/** One DER element: tag, length, content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer<ArrayBuffer> {
  const value = Buffer.concat(content);
  const { length } = value;
  // Lengths from 128 on have a prefix with the number of their bytes.
  const encoded = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...encoded]), value]);
}
