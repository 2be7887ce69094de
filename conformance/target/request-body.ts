import type { Encoding, Json, MediaType, Operation } from '../../contract/contract.js';
import { FORM, isJson, isXml, MULTIPART } from '../../contract/http/media-type.js';
import { writeParts } from '../../contract/http/multipart-parts.js';
import { usualSchema } from '../../contract/kinds.js';
import { isObject } from '../../contract/pointer.js';
import { writeXml } from '../../contract/xml/write-xml.js';
import { encodedQueryPairs, textOf } from './parameter-text.js';

/** A body as sent. */
export interface WrittenBody {
  /** The `Content-Type`. */
  readonly type: string;
  readonly body: string;
}

const BOUNDARY = 'rolecall-part';

/** Kinds of media types, the best known first. */
const PREFERENCES: readonly ((type: string) => boolean)[] = [
  (type) => type === 'application/json',
  isJson,
  (type) => type === FORM,
  (type) => type === MULTIPART,
  (type) => /^(\*|application)\/\*$/.test(type),
  isXml,
  (type) => type.startsWith('text/'),
];

interface WithBody {
  readonly requestBody?: Operation['requestBody'] | undefined;
}

/**
 * The media type in which bodies of an operation are sent: JSON if it takes that, else the best known one. Its schema has
 * the rules of the usual kind of item.
 */
export function bodyMedia(operation: WithBody): MediaType | undefined {
  const media = writtenMedia(operation);
  return media?.kinds === undefined ? media : { ...media, schema: usualSchema(media) };
}

/** The same, with the schema as written: what applies to items of all kinds. */
export function writtenMedia({ requestBody }: WithBody): MediaType | undefined {
  const content = requestBody?.content ?? [];
  for (const isPreferred of PREFERENCES) {
    const found = content.find(({ type }) => isPreferred(type));
    if (found !== undefined) return found;
  }
  return content[0];
}

/** Writes a value in a media type; as JSON if there is none, or if it is a range. */
export function writeBody(media: MediaType | undefined, value: Json): WrittenBody {
  const type = media?.type ?? 'application/json';
  if (isJson(type)) return { type, body: JSON.stringify(value) };
  if (type === FORM) return { type, body: writeForm(value, media?.encoding ?? {}) };
  if (type === MULTIPART) return { type: `${type}; boundary=${BOUNDARY}`, body: writeMultipart(value, media ?? {}) };
  if (media?.parts !== undefined)
    return { type: `${type}; boundary=${BOUNDARY}`, body: writeParts(media.parts, value, BOUNDARY) };
  if (/^(\*|application)\/\*$/.test(type)) return { type: 'application/json', body: JSON.stringify(value) };
  if (media?.xml !== undefined) return { type, body: writeXml(value, media.xml) };
  return { type: type.replace('/*', '/plain'), body: textOf(value) };
}

type Encodings = Readonly<Record<string, Encoding>>;

function encodingOf(encodings: Encodings, name: string): Encoding | undefined {
  return Object.hasOwn(encodings, name) ? encodings[name] : undefined;
}

/** Lists repeat the name, objects are JSON, unless the encoding of the property says more. */
function writeForm(body: Json, encodings: Encodings): string {
  if (!isObject(body)) return textOf(body);
  const pairs = Object.entries(body).flatMap(([name, value]): readonly string[] => {
    const { style, explode, contentType } = encodingOf(encodings, name) ?? {};
    const isStyled = style !== undefined || explode !== undefined;
    if (!isStyled && (isObject(value) || (contentType !== undefined && isJson(contentType))))
      return encodedQueryPairs({ json: true }, name, value);
    return encodedQueryPairs({ style: style ?? 'form', explode }, name, value ?? '');
  });
  return pairs.join('&').replaceAll('%20', '+');
}

/** A part for each property, and for each entry of a list. */
function writeMultipart(
  body: Json,
  { encoding = {}, files = [] }: Pick<Partial<MediaType>, 'encoding' | 'files'>,
): string {
  const parts = Object.entries(isObject(body) ? body : { value: body }).flatMap(([name, value]) => {
    const entries: readonly Json[] = Array.isArray(value) ? value : [value];
    return entries.map((entry) => writePart(name, entry, encodingOf(encoding, name), files.includes(name)));
  });
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}

/** Types of what is a file, also where no schema says so. */
const FILE_TYPE = /^((image|audio|video|font)\/|application\/(octet-stream|pdf|zip|gzip)$)/i;

/**
 * Servers take a part for a file only if it has a file name; a server may keep the file under it. @see RFC 7578, section 4.2
 */
function writePart(name: string, value: Json, encoding: Encoding | undefined, isFile: boolean): string {
  const usual = isObject(value) ? 'application/json' : isFile ? 'application/octet-stream' : undefined;
  const [type = usual] = (encoding?.contentType ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.includes('*'));
  const headers = (encoding?.headers ?? [])
    .filter((header) => header.required)
    .map((header) => `${header.name}: ${textOf(header.schema.example ?? header.schema.default ?? 'value')}\r\n`);
  const written = name.replace(/["\r\n]/g, '_');
  const file =
    isFile || FILE_TYPE.test(type ?? '') ? `; filename="rolecall-${written.replace(/[^\w-]/g, '_')}.txt"` : '';
  const disposition = `Content-Disposition: form-data; name="${written}"${file}`;
  const contentType = type === undefined ? '' : `Content-Type: ${type}\r\n`;
  const text = value === null ? '' : textOf(value);
  return `--${BOUNDARY}\r\n${disposition}\r\n${contentType}${headers.join('')}\r\n${text}\r\n`;
}
