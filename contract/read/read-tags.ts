import type { JsonObject, Tag } from '../contract.js';
import { stringOr } from '../json/json-value.js';
import { isObject } from '../pointer.js';

/** The tags that the document declares, by name, in its order. */
export function readTags({ tags }: JsonObject): ReadonlyMap<string, Tag> {
  const declared = (Array.isArray(tags) ? tags : []).filter(isObject);
  return new Map(
    declared.map((tag): readonly [string, Tag] => [
      String(tag.name),
      {
        name: String(tag.name),
        summary: stringOr(tag.summary),
        description: stringOr(tag.description),
        ...(typeof tag.parent === 'string' ? { parent: tag.parent } : {}),
        ...(typeof tag.kind === 'string' ? { kind: tag.kind } : {}),
      },
    ]),
  );
}

/**
 * The tags by which an operation is found, from the outermost: its first tag for navigation, or else its first tag, below
 * the parents of that tag. Empty for an operation without tags.
 *
 * @see OpenAPI 3.2, section 4.22
 */
export function tagPath(tags: ReadonlyMap<string, Tag>, names: readonly string[]): readonly string[] {
  const isForNavigation = (name: string) => (tags.get(name)?.kind ?? 'nav') === 'nav';
  const path: string[] = [];
  let name = names.find(isForNavigation) ?? names[0];
  while (name !== undefined && !path.includes(name)) {
    path.unshift(name);
    name = tags.get(name)?.parent;
  }
  return path;
}
