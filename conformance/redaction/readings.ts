/** What a text says to whoever decodes it, in one way or another. */
export interface Reading {
  /** The decoded text. Where the encoding is interrupted there is a line feed. */
  readonly text: string;
  /** The place in the encoded text where a decoded character begins, and the place where it ends. */
  readonly begin: (index: number) => number;
  readonly end: (index: number) => number;
  /** So many characters of a secret in a row are taken for the secret: they fill 12 encoded ones. */
  readonly least: (encodedLength: number, length: number) => boolean;
}

/** So many characters of a secret in a row, as they are or encoded, are taken for the secret. */
export const LEAST = 12;
/** The whole bytes of 12 hexadecimal digits, wherever they begin. */
const LEAST_HEX = 5;
/** The whole bytes of 12 digits in base64, wherever they begin. */
const LEAST_BASE64 = 8;

/** Text, or UTF-16: what is worth decoding once more. Anything is base64 of something, mostly of noise. */
const LEGIBLE = /[ -~]{11}|(?:[ -~]\0){5}/;

/** Whether a decoded text may be an encoded one. */
export function isLegible(text: string): boolean {
  return LEGIBLE.test(text);
}

/** What a text says in JSON, in URLs, in HTML, in hexadecimal, in base64, and as a list of bytes. */
export function readingsOf(text: string): readonly Reading[] {
  return [...unescaped(text), ...digitReadings(text, HEXADECIMAL), ...byteList(text), ...digitReadings(text, BASE64)];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const SHORT_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** An escape of a URL, of JSON, of a shell, or of HTML; NUL, as between the characters of UTF-16. */
const ESCAPE = new RegExp(
  [
    '%(?<percent>[0-9a-f]{2})',
    '\\\\u(?<unit>[0-9a-f]{4})',
    '\\\\x(?<byte>[0-9a-f]{2})',
    '\\\\(?<short>[^ux])',
    '&#x0*(?<hex>[0-9a-f]{1,5});',
    '&#0*(?<decimal>[0-9]{1,6});',
    '&(?<entity>amp|lt|gt|quot|apos);',
    '(?<nul>\\0)',
  ].join('|'),
  'gi',
);

function meaningOf(groups: Readonly<Record<string, string | undefined>>): string {
  const { percent, unit, byte, short, hex, decimal, entity } = groups;
  if (short !== undefined) return SHORT_ESCAPES[short] ?? short;
  if (entity !== undefined) return ENTITIES[entity.toLowerCase()] ?? '';
  const digits = percent ?? unit ?? byte ?? hex;
  const code = digits !== undefined ? Number.parseInt(digits, 16) : Number(decimal ?? 0);
  return code === 0 || code > 0xffff ? '' : String.fromCharCode(code);
}

function unescaped(text: string): readonly Reading[] {
  if (text.search(ESCAPE) < 0) return [];
  const parts: string[] = [];
  // Places of the decoded characters, and the place where the last one ends.
  const places = new Int32Array(text.length + 1);
  let length = 0;
  let from = 0;
  const keep = (to: number) => {
    parts.push(text.slice(from, to));
    for (; from < to; from += 1) places[length++] = from;
  };
  for (const { index, 0: found, groups = {} } of text.matchAll(ESCAPE)) {
    keep(index);
    const meaning = meaningOf(groups);
    parts.push(meaning);
    if (meaning !== '') places[length++] = index;
    from = index + found.length;
  }
  keep(text.length);
  places[length] = text.length;
  return [
    {
      text: parts.join(''),
      begin: (index) => places[index] ?? text.length,
      end: (index) => places[index + 1] ?? text.length,
      // Mostly escapes, or as long as it has to be without them.
      least: (encoded, decoded) => decoded >= LEAST || (decoded >= LEAST_HEX && encoded >= 2 * decoded),
    },
  ];
}

const LINE_FEED = 10;

/** Digits that stand together, read in one way. */
interface Digits {
  readonly runs: RegExp;
  /** The digits of one group, and the bytes that they are. */
  readonly digits: number;
  readonly bytes: number;
  /** How many digits one byte takes part of. */
  readonly perByte: number;
  /** Writes the bytes of the group at a place. */
  readonly decode: (text: string, at: number, bytes: Buffer, index: number) => void;
  readonly least: number;
}

/** By character code, one more than the value of a digit; 0 for other characters. */
const HEX_VALUES = digitValues(['0123456789abcdef', '0123456789ABCDEF']);
const BASE64_VALUES = digitValues([
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
]);

const HEXADECIMAL: Digits = {
  runs: /[0-9a-f]{12,}/gi,
  digits: 2,
  bytes: 1,
  perByte: 2,
  decode: (text, at, bytes, index) => {
    const high = HEX_VALUES[text.charCodeAt(at)] ?? 0;
    const low = HEX_VALUES[text.charCodeAt(at + 1)] ?? 0;
    if (high > 0 && low > 0) bytes[index] = ((high - 1) << 4) | (low - 1);
  },
  least: LEAST_HEX,
};

/** Standard and URL-safe. */
const BASE64: Digits = {
  runs: /[\w+/-]{11,}/g,
  digits: 4,
  bytes: 3,
  perByte: 2,
  decode: (text, at, bytes, index) => {
    const a = BASE64_VALUES[text.charCodeAt(at)] ?? 0;
    const b = BASE64_VALUES[text.charCodeAt(at + 1)] ?? 0;
    const c = BASE64_VALUES[text.charCodeAt(at + 2)] ?? 0;
    const d = BASE64_VALUES[text.charCodeAt(at + 3)] ?? 0;
    // A byte needs two digits, not the whole group.
    if (a > 0 && b > 0) bytes[index] = ((a - 1) << 2) | ((b - 1) >> 4);
    if (b > 0 && c > 0) bytes[index + 1] = ((b - 1) << 4) | ((c - 1) >> 2);
    if (c > 0 && d > 0) bytes[index + 2] = ((c - 1) << 6) | (d - 1);
  },
  least: LEAST_BASE64,
};

/** `6b:59:38`, and `[107,89,56]` as JSON writes buffers. */
const BYTE_LIST = /(?:[0-9a-f]{2}[:, -]){5,}[0-9a-f]{2}|(?:[0-9]{1,3}, ?){5,}[0-9]{1,3}/gi;

function byteList(text: string): readonly Reading[] {
  const found = [...text.matchAll(BYTE_LIST)];
  if (found.length === 0) return [];
  const bytes: number[] = [];
  const begins: number[] = [];
  const ends: number[] = [];
  const add = (byte: number, begin: number, end: number) => {
    bytes.push(byte & 0xff);
    begins.push(begin);
    ends.push(end);
  };
  for (const { index: from, 0: list } of found) {
    const radix = /^(?:[0-9]{1,3}, ?)+[0-9]{1,3}$/.test(list) ? 10 : 16;
    for (const { index, 0: digits } of list.matchAll(/[0-9a-f]+/gi))
      add(Number.parseInt(digits, radix), from + index, from + index + digits.length);
    add(LINE_FEED, from + list.length, from + list.length);
  }
  return [
    {
      text: Buffer.from(bytes).toString('latin1'),
      begin: (index) => begins[index] ?? text.length,
      end: (index) => ends[index] ?? text.length,
      least: (_, length) => length >= LEAST_HEX,
    },
  ];
}

/** What runs of digits say: once for each digit that may be the first of a group. */
function digitReadings(
  text: string,
  { runs, digits, bytes: perGroup, perByte, decode, least }: Digits,
): readonly Reading[] {
  const found = [...text.matchAll(runs)].map(({ index, 0: run }) => ({ from: index, length: run.length }));
  if (found.length === 0) return [];
  return Array.from({ length: digits }, (_, offset) => {
    // The first group may begin before the run: a part of it is in the run.
    const first = offset === 0 ? 0 : offset - digits;
    const groupsOf = (length: number) => Math.ceil((length - first) / digits);
    const size = found.reduce((sum, { length }) => sum + perGroup * groupsOf(length) + 1, 0);
    const bytes = Buffer.alloc(size, LINE_FEED);
    const begins = new Int32Array(size).fill(text.length);
    let next = 0;
    for (const { from, length } of found) {
      for (let group = 0; group < groupsOf(length); group += 1) {
        const at = from + first + digits * group;
        decode(text, at, bytes, next);
        for (let index = 0; index < perGroup; index += 1) begins[next++] = at + index;
      }
      // A line feed between runs.
      next += 1;
    }
    const begin = (index: number) => begins[index] ?? text.length;
    return {
      text: bytes.toString('latin1'),
      begin,
      end: (index) => Math.min(text.length, begin(index) + perByte),
      least: (_, length) => length >= least,
    };
  });
}

function digitValues(alphabets: readonly string[]): Uint8Array {
  const values = new Uint8Array(128);
  for (const alphabet of alphabets) {
    for (const [value, digit] of [...alphabet].entries()) values[digit.charCodeAt(0)] = value + 1;
  }
  return values;
}
