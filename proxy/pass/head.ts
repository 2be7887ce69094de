/** Header fields in order, as sent: names keep their case, repeated fields stay apart. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

/** The start line and the header fields of an HTTP/1.1 message. */
export interface Head {
  /** `GET /shelves HTTP/1.1`, `HTTP/1.1 200 OK`. */
  readonly startLine: string;
  readonly fields: HeaderFields;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The index behind the empty line that ends a head; -1 if it is not there yet. */
export function endOfHead(bytes: Buffer): number {
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
    const next = bytes[at + 1] === CARRIAGE_RETURN ? at + 2 : at + 1;
    if (bytes[next] === LINE_FEED) return next + 1;
  }
  return -1;
}

/** Parses a head. Headers are bytes on the wire; latin1 keeps each as one character. */
export function parseHead(bytes: Buffer): Head {
  const [startLine = '', ...lines] = bytes.toString('latin1').trimEnd().split(/\r?\n/);
  return { startLine, fields: parseFields(lines) };
}

/** Parses header or trailer lines. A line that begins with a space continues the one before (RFC 9112, 5.2). */
export function parseFields(lines: readonly string[]): HeaderFields {
  const fields: [string, string][] = [];
  for (const line of lines) {
    const last = fields.at(-1);
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line) && last !== undefined) last[1] = `${last[1]} ${line.trim()}`;
    else if (colon > 0) fields.push([line.slice(0, colon).trimEnd(), line.slice(colon + 1).trim()]);
  }
  return fields;
}

/** The values of a field, in order. @param name - in lower case */
export function valuesOf(fields: HeaderFields, name: string): readonly string[] {
  return fields.flatMap(([each, value]) => (each.toLowerCase() === name ? [value] : []));
}

export interface HeadChanges {
  /** The value of `Host`: the target finds its site by it. */
  readonly host: string;
  /** What comes before each path: the path of the target's URL. */
  readonly basePath: string;
}

/** A request's head as the target gets it: byte for byte the same, apart from the host and the base path. */
export function headForTarget(bytes: Buffer, { host, basePath }: HeadChanges): Buffer {
  const text = bytes
    .toString('latin1')
    .replace(/(\n[Hh][Oo][Ss][Tt]:[ \t]*)[^\r\n]*/, (_, name: string) => name + host);
  const based = basePath === '' ? text : text.replace(/^(\S+ )(?=\/)/, (_, method: string) => method + basePath);
  return Buffer.from(based, 'latin1');
}
