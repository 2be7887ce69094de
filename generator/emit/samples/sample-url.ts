import type { Json } from '../../../contract/contract.js';
import { writeQuery } from '../../runtime/query.js';
import { type Piece, piecesOf } from './placeholder.js';
import type { SampleSource } from './sample-source.js';

/** A part of a URL. The value of an encoded placeholder must be percent-encoded. */
export type UrlPiece = string | (Exclude<Piece, string> & { readonly encoded: boolean });

/** The parts of the URL. Fixed texts are encoded so far that they have no meaning in quotes of any language. */
export function urlOf(source: SampleSource): readonly UrlPiece[] {
  const { method, origin, request, credentials } = source;
  const ids = [...request.ids];
  const path = method.operation.route
    .split(/(\{[^}]*\})/)
    .flatMap((piece, index) => (index % 2 === 1 ? encoded(textOf(ids.shift() ?? '')) : [inert(piece)]));
  const query = [
    inert(writeQuery(Object.fromEntries(request.query), method.query?.styles ?? {})),
    inert(request.queryText ?? ''),
    ...credentials.flatMap((one) =>
      one.query === undefined ? [] : [`${inert(encodeURIComponent(one.query))}=${one.mark}`],
    ),
  ].filter((pair) => pair !== '');
  return joined([
    ...piecesOf(origin).map((piece) => (typeof piece === 'string' ? piece : { ...piece, encoded: false })),
    ...path,
    ...(query.length > 0 ? ['?', ...encoded(withMarks(query.join('&')), (text) => text)] : []),
  ]);
}

export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function encoded(text: string, encode = (fixed: string) => inert(encodeURIComponent(fixed))): readonly UrlPiece[] {
  return piecesOf(text).map((piece) => (typeof piece === 'string' ? encode(piece) : { ...piece, encoded: true }));
}

/** Writing a query encodes the marks of placeholders, too. */
export function withMarks(query: string): string {
  return query.replaceAll('%EE%80%80', '\u{E000}').replaceAll('%EE%80%81', '\u{E001}');
}

/** Encodes what a URL may contain, and a literal of some language may not. */
function inert(text: string): string {
  return text.replaceAll(/[!'()*$`"\\{}#]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function joined(pieces: readonly UrlPiece[]): readonly UrlPiece[] {
  return pieces.reduce<UrlPiece[]>((list, piece) => {
    const last = list.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') list[list.length - 1] = last + piece;
    else if (piece !== '') list.push(piece);
    return list;
  }, []);
}
