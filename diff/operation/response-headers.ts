import type { Contract, Pointer, Response, ResponseHeader } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { type Change, changeAt } from '../change.js';
import type { Comparison } from '../comparison.js';
import { compareTexts } from '../described.js';
import type { Located } from '../schema/site.js';

export function compareHeaders(
  comparison: Comparison,
  subject: string,
  before: Response,
  after: Response,
): readonly Change[] {
  const old = new Map(before.headers.map((header) => [header.name, header]));
  const now = new Map(after.headers.map((header) => [header.name, header]));
  return [
    ...[...old].flatMap(([name, header]) => {
      const partner = now.get(name);
      const whole = `header "${name}" of ${subject}`;
      if (partner !== undefined) {
        return compareHeader(comparison, whole, { response: before, header }, { response: after, header: partner });
      }
      const { pointer } = placeOf(comparison.before, before, header);
      return [changeAt('response-header-removed', pointer, `${whole} was removed`, { from: name })];
    }),
    ...[...now].flatMap(([name, header]) => {
      if (old.has(name)) return [];
      const { pointer } = placeOf(comparison.after, after, header);
      return [changeAt('response-header-added', pointer, `header "${name}" of ${subject} was added`, { to: name })];
    }),
  ];
}

interface Owned {
  readonly response: Response;
  readonly header: ResponseHeader;
}

function compareHeader(comparison: Comparison, subject: string, before: Owned, after: Owned): readonly Change[] {
  const old = placeOf(comparison.before, before.response, before.header);
  const now = placeOf(comparison.after, after.response, after.header);
  const word = after.header.required ? 'required' : 'optional';
  return [
    ...(before.header.required === after.header.required
      ? []
      : [changeAt(`response-header-became-${word}`, now.pointer, `${subject} became ${word}`, { to: word })]),
    ...comparison.schemas.compare('response', subject, [old.schema], [now.schema]),
    ...compareTexts(
      { kind: 'response-described', subject, texts: { description: ({ description }) => description } },
      { ...before.header, pointer: old.pointer },
      { ...after.header, pointer: now.pointer },
    ),
  ];
}

/** The location of a header in the document, references resolved, under its name as written there. */
function placeOf(
  { document }: Contract,
  { pointer }: Response,
  header: ResponseHeader,
): { readonly pointer: Pointer; readonly schema: Located } {
  const headers = getPointer(document, joinPointer(pointer, 'headers'));
  const written = Object.entries(isObject(headers) ? headers : {}).find(([name]) => name.toLowerCase() === header.name);
  const own = joinPointer(pointer, 'headers', written?.[0] ?? header.name);
  const reference = isObject(written?.[1]) ? written[1].$ref : undefined;
  const place = typeof reference === 'string' ? reference.slice(1) : own;
  return { pointer: place, schema: { value: header.schema, pointer: joinPointer(place, 'schema') } };
}
