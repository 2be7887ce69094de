import type { Json, JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';
import { inner, type Moves, type Part } from './moves.js';
import { convertedHeader } from './parameter.js';

/** Of answers whose document names no type. */
const ANY = '*/*';

/** @param produces - the media types in which the operation answers */
export function convertedResponse(part: Part, produces: readonly string[], moves: Moves): Json {
  if (!isObject(part.value)) return part.value;
  const { schema, examples, headers, ...rest } = part.value;
  const shown = isObject(examples) ? Object.entries(examples).filter(([type]) => type.includes('/')) : [];
  const types = schema === undefined ? [] : produces.length > 0 ? produces : [ANY];
  const content = [...new Set([...types, ...shown.map(([type]) => type)])].map((type): [string, JsonObject] => {
    const example = shown.find(([name]) => name === type)?.[1];
    const media = {
      ...(schema !== undefined && { schema: moves.schema(inner(part, 'schema', schema)) }),
      ...(example !== undefined && { example }),
    };
    // A problem of what is in it has its place in the response.
    return [type, moves.made(media, part)];
  });
  const result = {
    ...rest,
    ...(headers !== undefined && {
      headers: moves.map(inner(part, 'headers', headers), (header) => convertedHeader(header, moves)),
    }),
    ...(content.length > 0 && { content: moves.made(Object.fromEntries(content), part) }),
  };
  return moves.made(result, part);
}
