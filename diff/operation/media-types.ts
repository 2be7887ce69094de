import type { Contract, MediaType, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { type Change, changeAt } from '../change.js';
import type { Comparison } from '../comparison.js';
import type { Direction } from '../schema/pair.js';
import type { Located } from '../schema/site.js';

/** An object with `content`: a request body or a response. */
interface Body {
  readonly content: readonly MediaType[];
  readonly pointer: Pointer;
}

/** Compares a body, media type by media type. */
export function compareContent(
  { before, after, schemas }: Comparison,
  { direction, subject }: { readonly direction: Direction; readonly subject: string },
  old: Body,
  now: Body,
): readonly Change[] {
  const known = new Map(old.content.map((media) => [media.type, media]));
  const present = new Map(now.content.map((media) => [media.type, media]));
  return [
    ...[...known].flatMap(([type, media]) => {
      const partner = present.get(type);
      const place = placeOf(before, old, media);
      if (partner === undefined) {
        return [
          changeAt(`${direction}-media-type-removed`, place.pointer, `${type} of ${subject} was removed`, {
            from: type,
          }),
        ];
      }
      return schemas.compare(direction, subject, [place], [placeOf(after, now, partner)]);
    }),
    ...[...present].flatMap(([type, media]) =>
      known.has(type)
        ? []
        : [
            changeAt(
              `${direction}-media-type-added`,
              placeOf(after, now, media).pointer,
              `${type} of ${subject} was added`,
              {
                to: type,
              },
            ),
          ],
    ),
  ];
}

/** The schema of a media type. In the document its name may have parameters and capitals. */
function placeOf({ document }: Contract, { pointer }: Body, { type, schema }: MediaType): Located {
  const content = getPointer(document, joinPointer(pointer, 'content'));
  const written = Object.keys(isObject(content) ? content : {}).find(
    (name) => (name.split(';')[0] ?? name).trim().toLowerCase() === type,
  );
  return { value: schema, pointer: joinPointer(pointer, 'content', written ?? type, 'schema') };
}
