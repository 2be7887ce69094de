import { isJson } from '../../../contract/http/media-type.js';
import { writeParts } from '../../../contract/http/multipart-parts.js';
import type { ClientMethod } from '../../client/method.js';
import type { Language } from './language.js';
import { type Piece, withNames } from './placeholder.js';
import type { SampleRequest } from './sample-request.js';
import { textOf, urlOf } from './sample-url.js';

/**
 * The request as an entry of an HTTP Archive takes it. JSON has no variables: the placeholders are names inside texts,
 * and the comment lists them.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/#request
 */
export const harSample: Language['write'] = ({ method, request, credentials, placeholders, ...source }) => {
  const unsent = credentials.find(({ header, query }) => header === undefined && query === undefined);
  if (unsent !== undefined) return { omitted: `It needs ${unsent.words}.` };
  const url = urlOf({ method, request, credentials, placeholders, ...source });
  const encoded = url.flatMap((piece) => (typeof piece !== 'string' && piece.encoded ? [piece.name] : []));
  const body = request.body && bodyOf(method, request.body);
  const headers = [
    ...credentials.flatMap(({ header, mark }) => (header ? [[header[0], header[1] + mark] as const] : [])),
    ...request.headers,
    ...(body ? [['Content-Type', body.type] as const] : []),
  ];
  const har = {
    comment: commentOn(
      placeholders.map(({ name }) => name),
      encoded,
    ),
    method: method.operation.method,
    url: url.map(nameOf).join(''),
    httpVersion: 'HTTP/1.1',
    headers: headers.map(([name, value]) => ({ name, value: textOf(value) })),
    queryString: request.query.map(([name, value]) => ({ name, value: textOf(value) })),
    cookies: request.cookies.map(([name, value]) => ({ name, value: textOf(value) })),
    headersSize: -1,
    bodySize: -1,
    ...(body && { postData: { mimeType: body.type, text: body.text } }),
  };
  return withNames(JSON.stringify(har, null, 2));
};

/** The content type and the text of a body. */
function bodyOf(
  { operation }: ClientMethod,
  { type, value }: NonNullable<SampleRequest['body']>,
): { readonly type: string; readonly text: string } {
  const { parts } = operation.requestBody?.content.find((media) => media.type === type) ?? {};
  if (parts !== undefined) return { type: `${type}; boundary=part`, text: writeParts(parts, value, 'part') };
  return { type, text: isJson(type) ? JSON.stringify(value) : textOf(value) };
}

function commentOn(names: readonly string[], encoded: readonly string[]): string {
  if (names.length === 0) return '';
  const inUrl = [...new Set(encoded)];
  const note = inUrl.length > 0 ? ` In the URL, percent-encode ${inUrl.join(', ')}.` : '';
  return `Replace ${names.join(', ')}.${note}`;
}

function nameOf(piece: Piece): string {
  return typeof piece === 'string' ? piece : piece.name;
}
