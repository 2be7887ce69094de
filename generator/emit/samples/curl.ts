import type { Json } from '../../../contract/contract.js';
import { FORM, isJson } from '../../../contract/http/media-type.js';
import { isOfParts } from '../../../contract/http/multipart-parts.js';
import { isObject } from '../../../contract/pointer.js';
import type { ClientMethod } from '../../client/method.js';
import { type Piece, piecesOf } from './placeholder.js';
import type { SampleRequest } from './sample-request.js';
import type { SampleSource } from './sample-source.js';
import { textOf, urlOf } from './sample-url.js';

/** Bodies longer than this have one property per line. */
const LINE = 80;

/** A command for a POSIX shell that sends the request. Placeholders are shell variables. */
export function curlSample(source: SampleSource): string {
  const { method, request, credentials, placeholders } = source;
  const url = urlOf(source);
  const encoded = url.filter((piece) => typeof piece !== 'string' && piece.encoded).map((piece) => nameOf(piece));
  const variables = [
    ...placeholders.filter(
      ({ name }) => !credentials.some(({ placeholder, option }) => option && placeholder === name),
    ),
    ...credentials.flatMap(({ option = ['', ''] }) =>
      option.slice(1).flatMap((name) => (name ? [{ name, example: '' }] : [])),
    ),
  ];
  const lines = [
    `curl --request ${method.operation.method} ${word(url)}`,
    ...credentials.flatMap(({ header, option, mark }) => {
      if (option)
        return [
          `${option[0]} ${word(option.slice(1).flatMap((name, index) => (index > 0 ? [':', { name }] : [{ name }])))}`,
        ];
      return header ? [`--header ${word(piecesOf(`${header[0]}: ${header[1]}${mark}`))}`] : [];
    }),
    ...request.headers.map(([name, value]) => `--header ${word(piecesOf(`${name}: ${textOf(value)}`))}`),
    ...(request.cookies.length > 0
      ? [`--cookie ${word(piecesOf(request.cookies.map(([name, value]) => `${name}=${textOf(value)}`).join('; ')))}`]
      : []),
    ...(request.body === undefined ? [] : bodyOptions(request.body, method)),
  ];
  const block = variables.map(({ name, example }) => declaration(name, encoded.includes(name) ? example : ''));
  return [...block, ...(block.length > 0 ? [''] : []), lines.join(' \\\n  ')].join('\n');
}

/** A shell has no function that encodes: what stands in a URL is encoded by the reader. */
function declaration(name: string, encoded: string): string {
  const line = `${name}='${name}'`;
  const example = encodeURIComponent(encoded);
  return example === encoded ? line : `${line} # percent-encoded, such as ${example}`;
}

function nameOf(piece: Piece): string {
  return typeof piece === 'string' ? '' : piece.name;
}

/** Quotes a word for a shell: in double quotes if it has placeholders. A single quote inside must be outside of the quotes. */
function word(pieces: readonly Piece[]): string {
  if (pieces.every((piece) => typeof piece === 'string')) return `'${pieces.join('').replaceAll("'", "'\\''")}'`;
  const texts = pieces.map((piece, index) => {
    if (typeof piece === 'string') return piece.replaceAll(/["$`\\]/g, '\\$&');
    const next = pieces[index + 1];
    return typeof next === 'string' && /^\w/.test(next) ? `\${${piece.name}}` : `$${piece.name}`;
  });
  return `"${texts.join('')}"`;
}

function bodyOptions({ type, value }: NonNullable<SampleRequest['body']>, { body }: ClientMethod): readonly string[] {
  if (isOfParts(type) && Array.isArray(value)) {
    const { types = [], others = '' } = body?.contents.find((content) => content.type === type)?.parts ?? {};
    const parts = value.map(
      (part: Json, index) => `--form ${word(piecesOf(`=${quotedPart(part, types[index] ?? others)}`))}`,
    );
    return [`--header ${word([`Content-Type: ${type}`])}`, ...parts];
  }
  if (type.startsWith('multipart/')) return fields(value, '--form-string');
  if (type === FORM) return fields(value, '--data-urlencode');
  const header = `--header ${word([`Content-Type: ${type}`])}`;
  if (!isJson(type)) return [header, `--data-raw ${word(piecesOf(textOf(value)))}`];
  const compact = JSON.stringify(value);
  const text = compact.length > LINE ? JSON.stringify(value, null, 2) : compact;
  return [header, `--data-raw ${word(piecesOf(text))}`];
}

/** curl takes a part without a name in quotes, with its content type behind them. */
function quotedPart(value: Json, given: string): string {
  const type = given || (typeof value === 'object' ? 'application/json' : 'text/plain');
  return `"${textOf(value).replaceAll(/[\\"]/g, '\\$&')}";type=${type}`;
}

function fields(value: Json, option: string): readonly string[] {
  return Object.entries(isObject(value) ? value : {}).map(
    ([name, entry]) => `${option} ${word(piecesOf(`${name}=${textOf(entry)}`))}`,
  );
}
