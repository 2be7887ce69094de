import { crc32 } from 'node:zlib';

/**
 * A log is a sequence of records, each a line: a checksum of its JSON in eight hexadecimal digits, a space, the JSON.
 * JSON has no line breaks, so that a record without one is torn.
 */

const CHECKSUM_LENGTH = 8;
const [SPACE, LINE_FEED] = [0x20, 0x0a];

export function encodeRecord(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  const record = Buffer.allocUnsafe(json.length + CHECKSUM_LENGTH + 2);
  record.write(checksumOf(json), 'latin1');
  record[CHECKSUM_LENGTH] = SPACE;
  json.copy(record, CHECKSUM_LENGTH + 1);
  record[record.length - 1] = LINE_FEED;
  return record;
}

export interface DecodedLog {
  /** The length of the whole records at its beginning, in bytes. */
  readonly length: number;
  /** Whether what follows them is more than one torn record, so that whole ones may be lost. */
  readonly isDamaged: boolean;
}

/** Reads the records of a log in order, up to the first that is not whole. */
export function decodeLog(log: Buffer, read: (value: unknown) => void): DecodedLog {
  let at = 0;
  while (at < log.length) {
    const end = log.indexOf(LINE_FEED, at);
    if (end < 0) return { length: at, isDamaged: false };
    const json = log.subarray(at + CHECKSUM_LENGTH + 1, end);
    if (log.toString('latin1', at, at + CHECKSUM_LENGTH) !== checksumOf(json))
      return { length: at, isDamaged: log.indexOf(LINE_FEED, end + 1) >= 0 };
    read(JSON.parse(json.toString()));
    at = end + 1;
  }
  return { length: at, isDamaged: false };
}

function checksumOf(json: Buffer): string {
  return crc32(json).toString(16).padStart(CHECKSUM_LENGTH, '0');
}
