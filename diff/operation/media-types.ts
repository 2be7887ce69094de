import type { Contract, MediaType, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { type Finding, finding } from '../change.js';
import type { Comparison } from '../comparison.js';
import type { Direction } from '../schema/pair.js';
import type { Located } from '../schema/site.js';

/** Whatever has a `content`: a request body or a response. */
interface Body {
  readonly content: readonly MediaType[];
  readonly pointer: Pointer;
}

/** Compares what may stand in a body, media type by media type. */
export function compareContent(
  { before, after, schemas }: Comparison,
  direction: Direction,
  subject: string,
  old: Body,
  now: Body,
): readonly Finding[] {
  const known = new Map(old.content.map((media) => [media.type, media]));
  const present = new Map(now.content.map((media) => [media.type, media]));
  return [
    ...[...known].flatMap(([type, media]) => {
      const partner = present.get(type);
      const place = placeOf(before, old, media);
      if (partner === undefined) {
        return [
          finding(`${direction}-media-type-removed`, place.pointer, `${type} of ${subject} is gone`, { from: type }),
        ];
      }
      return schemas.compare(direction, subject, [place], [placeOf(after, now, partner)]);
    }),
    ...[...present].flatMap(([type, media]) =>
      known.has(type)
        ? []
        : [
            finding(
              `${direction}-media-type-added`,
              placeOf(after, now, media).pointer,
              `${type} of ${subject} is new`,
              {
                to: type,
              },
            ),
          ],
    ),
  ];
}

/** Where the schema of a media type stands: its name there may have parameters and capitals. */
function placeOf({ document }: Contract, { pointer }: Body, { type, schema }: MediaType): Located {
  const content = getPointer(document, joinPointer(pointer, 'content'));
  const written = Object.keys(isObject(content) ? content : {}).find(
    (name) => (name.split(';')[0] ?? name).trim().toLowerCase() === type,
  );
  return { value: schema, pointer: joinPointer(pointer, 'content', written ?? type, 'schema') };
}
