/** A part of a multipart body. */
export interface Part {
  readonly text: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A part of form data. */
export interface NamedPart extends Part {
  readonly name: string;
}

/** The parts of form data in order. Undefined if it is malformed, or if a part has no name. @see RFC 7578 */
export function parseFormData(contentType: string, body: string): readonly NamedPart[] | undefined {
  const parts = parseMultipart(contentType, body)?.map((part) => named(part));
  return parts?.every((part) => part !== undefined) === true ? parts : undefined;
}

/** The parts of a multipart body in order. Undefined if it is malformed. @see RFC 2046, section 5.1.1 */
export function parseMultipart(contentType: string, body: string): readonly Part[] | undefined {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return undefined;
  const texts = textsBetween(`\r\n--${boundary}`, `\r\n${body}`);
  const parts = texts?.map(partOf) ?? [undefined];
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

/**
 * The texts between delimiters. A delimiter ends its line, so text that merely begins like one is content.
 *
 * @returns undefined without the closing delimiter
 */
function textsBetween(delimiter: string, body: string): readonly string[] | undefined {
  const texts: string[] = [];
  let begin: number | undefined;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + 1)) {
    const after = at + delimiter.length;
    const isLast = body.startsWith('--', after);
    const lineEnd = endOfLine(body, isLast ? after + 2 : after);
    if (lineEnd === undefined) continue;
    if (begin !== undefined) texts.push(body.slice(begin, at));
    if (isLast) return texts;
    begin = lineEnd;
    // The line break of this delimiter may begin the next one.
    at = lineEnd - 3;
  }
  return undefined;
}

/** Where the next line begins, if only blanks are left on this one. */
function endOfLine(body: string, from: number): number | undefined {
  let at = from;
  while (body[at] === ' ' || body[at] === '\t') at += 1;
  if (at === body.length) return at;
  return body.startsWith('\r\n', at) ? at + 2 : undefined;
}

function partOf(text: string): Part | undefined {
  // Without headers, the blank line comes first.
  if (text.startsWith('\r\n')) return { text: text.slice(2), headers: new Map() };
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const headers = new Map(
    text
      .slice(0, end)
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { text: text.slice(end + 4), headers };
}

/** A parameter of a header: `; name="a\"b"` or `; name=a`. */
const HEADER_PARAMETER = /;\s*([^=;\s]+)=(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/g;

function named(part: Part): NamedPart | undefined {
  // One after the other: a file name may contain what looks like a parameter.
  const parameters = [...(part.headers.get('content-disposition') ?? '').matchAll(HEADER_PARAMETER)];
  const [, , quoted, bare] = parameters.find(([, parameter]) => parameter?.toLowerCase() === 'name') ?? [];
  const name = quoted?.replaceAll(/\\(.)/g, '$1').replaceAll('%22', '"') ?? bare;
  return name === undefined ? undefined : { ...part, name };
}
