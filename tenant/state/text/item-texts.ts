import type { Json, JsonObject } from '../../../contract/contract.js';
import type { ItemBuilder } from '../../effect/item-builder.js';
import type { World } from '../../effect/world.js';
import type { DeferredItems } from '../../store/deferred-items.js';
import { nameOf } from '../../store/name-of.js';
import type { ItemShape } from './item-shape.js';
import { PositionIds } from './position-ids.js';
import { hashOfText, joinedHash, TextIndex } from './text-index.js';

/** Where the items of a list are in the bytes of a state, and the hashes by which they are found. */
export interface ItemPositions {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** By group of the shape. */
  readonly hashes: readonly Int32Array[];
}

/** A list of a state that stays text: its items are valid and distinct, and are parsed when they are needed. */
export class ItemTexts {
  readonly shape: ItemShape;
  readonly #bytes: Buffer;
  readonly #positions: ItemPositions;
  readonly #indexes: readonly TextIndex[];
  /** An item that is found is mostly made right after. */
  #latest: { readonly index: number; readonly item: JsonObject } | undefined;

  private constructor(
    shape: ItemShape,
    bytes: Buffer,
    { positions, indexes }: { readonly positions: ItemPositions; readonly indexes: readonly TextIndex[] },
  ) {
    this.shape = shape;
    this.#bytes = bytes;
    this.#positions = positions;
    this.#indexes = indexes;
  }

  /** @returns undefined if two items have the same key, alias or unique properties */
  static of(shape: ItemShape, bytes: Buffer, positions: ItemPositions): ItemTexts | undefined {
    const indexes: TextIndex[] = [];
    for (const [at, hashes] of positions.hashes.entries()) {
      const names = namesOf(shape, at);
      const isSame = (one: number, other: number): boolean => {
        const [left, right] = [one, other].map((item) => parsed(bytes, positions, item));
        return names.every((name) => left?.[name] === right?.[name]);
      };
      const index = TextIndex.of(hashes, isSame);
      if (index === undefined) return undefined;
      indexes.push(index);
    }
    return new ItemTexts(shape, bytes, { positions, indexes });
  }

  get count(): number {
    return this.#positions.starts.length;
  }

  /** An item as it is written; not to be changed. */
  at(index: number): JsonObject {
    if (this.#latest?.index !== index) this.#latest = { index, item: parsed(this.#bytes, this.#positions, index) };
    return this.#latest.item;
  }

  /** The item whose properties of a group have these values. @param group - its index in the shape */
  find(group: number, values: readonly (Json | undefined)[]): number | undefined {
    const texts = values.map(nameOf);
    if (texts.includes(undefined)) return undefined;
    const names = namesOf(this.shape, group);
    return this.#indexes[group]?.find(joinedHash(texts.map((text) => hashOfText(text ?? ''))), (item) => {
      const properties = this.at(item);
      return names.every((name, at) => properties[name] === texts[at]);
    });
  }
}

function parsed(bytes: Buffer, { starts, ends }: ItemPositions, index: number): JsonObject {
  return JSON.parse(bytes.toString('utf8', starts[index], ends[index])); // checked to be an object
}

function namesOf({ groups, checks }: ItemShape, group: number): readonly string[] {
  return (groups[group] ?? []).map((property) => checks[property]?.name ?? '');
}

/** The items of a list as they are in one store: with the ids and times that they got when the state was loaded. */
export function deferredItems(texts: ItemTexts, builder: ItemBuilder, world: World): DeferredItems {
  const { shape } = texts;
  const names = shape.groups.map((_, group) => namesOf(shape, group));
  const [keyName = ''] = names[0] ?? [];
  const ids = PositionIds.of(shape.template, world.random);
  const loadedAt = world.clock();
  const clock = (): number => loadedAt;
  const find = (group: number, values: readonly (Json | undefined)[]): number | undefined => {
    const found = texts.find(group, values);
    const [id] = values;
    if (found !== undefined || group !== 0 || typeof id !== 'string') return found;
    const position = ids.positionOf(id);
    return position !== undefined && position < texts.count && texts.at(position)[keyName] === undefined
      ? position
      : undefined;
  };
  return {
    count: texts.count,
    find: (property, value) => {
      const group = names.findIndex(([name, ...others]) => name === property && others.length === 0);
      return group < 0 ? undefined : find(group, [value]);
    },
    duplicatesOf: (properties) =>
      names.flatMap(
        (group, at) =>
          find(
            at,
            group.map((name) => properties[name]),
          ) ?? [],
      ),
    make: (index) => {
      const item = texts.at(index);
      const body = item[keyName] === undefined ? { ...item, [keyName]: ids.at(index) } : item;
      return builder.create(body, { ...world, clock, random: ids.randomAt(index) }, true);
    },
  };
}
