import { createHash } from 'node:crypto';

/** Nothing in the store is secret; Java reads the certificates of a store only if a password is set. */
export const STORE_PASSWORD = 'changeit';

const MAGIC = 0xfeedfeed;
const VERSION = 2;
const TRUSTED_CERTIFICATE = 2;

/**
 * A trust store for Java, in its own format (JKS), which every version reads. PKCS #12 needs an attribute for trusted
 * certificates that only Java's own tool writes in a form that all versions accept.
 *
 * @param pem certificates; repeated ones are stored once
 * @param now the date of the entries, in milliseconds
 */
export function javaTrustStore(pem: string, now: number): Buffer {
  const certificates = [...new Set(pem.match(/-----BEGIN CERTIFICATE-----[^-]+/g))].map(derOf);
  const content = Buffer.concat([
    ...[MAGIC, VERSION, certificates.length].map(int32),
    ...certificates.flatMap((der, index) => [
      int32(TRUSTED_CERTIFICATE),
      shortText(`authority-${index}`),
      int64(now),
      shortText('X.509'),
      int32(der.length),
      der,
    ]),
  ]);
  return Buffer.concat([content, digestOf(content)]);
}

/** The checksum of the format: the password as UTF-16 in big-endian order, a fixed text, and the content. */
function digestOf(content: Buffer): Buffer {
  const password = Buffer.from(STORE_PASSWORD, 'utf16le').swap16();
  return createHash('sha1').update(password).update('Mighty Aphrodite').update(content).digest();
}

function derOf(block: string): Buffer {
  return Buffer.from(block.slice(block.indexOf('\n') + 1), 'base64');
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

/** A text with its length in two bytes. */
function shortText(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
