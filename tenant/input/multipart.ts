import type { Fields } from './fields.js';

/** The fields of a multipart body: the text of each part by its name. Undefined if it is malformed. */
export function parseMultipart(contentType: string, body: string): Fields | undefined {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return undefined;
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`);
  if (pieces.length < 2 || !pieces.at(-1)?.startsWith('--')) return undefined;
  const fields = new Map<string, string[]>();
  for (const piece of pieces.slice(1, -1)) {
    const end = piece.indexOf('\r\n\r\n');
    const [, name] = /^content-disposition:[^\r\n]*[;\s]name="([^"]*)"/im.exec(piece.slice(0, end)) ?? [];
    if (end < 0 || name === undefined) return undefined;
    fields.set(name, [...(fields.get(name) ?? []), piece.slice(end + 4)]);
  }
  return fields;
}
