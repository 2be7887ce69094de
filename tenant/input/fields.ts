import type { Contract, Json, JsonObject, Schema } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { valueOfText } from '../../contract/text-value.js';
import { isSchema, propertiesOf } from '../view/properties.js';
import { MAX_DEPTH } from './depth.js';
import { jsonOf } from './style.js';

/** Texts by name, in the order in which they were sent. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** A tree of texts: `a[b][]=1` is `{a: {b: {'': ['1']}}}`. */
interface Branch {
  readonly texts: string[];
  readonly branches: Map<string, Branch>;
}

/**
 * The object that the fields of a form or of a multipart body make: texts have the types of their schemas, `a[b]` is a
 * property of `a`, `a[]` and `a[0]` are entries.
 *
 * @param encoding - of the media type, by property
 */
export function objectOfFields(contract: Contract, schema: Schema, fields: Fields, encoding: JsonObject): JsonObject {
  const root: Branch = { texts: [], branches: new Map() };
  const declared = propertiesOf(contract, schema);
  for (const [name, texts] of fields) {
    // A property whose own name has brackets.
    const path = declared.has(name) ? [name] : pathOf(name);
    let branch = root;
    for (const step of path) {
      const next = branch.branches.get(step) ?? { texts: [], branches: new Map() };
      branch.branches.set(step, next);
      branch = next;
    }
    branch.texts.push(...texts);
  }
  return Object.fromEntries(
    [...root.branches].map(([name, branch]) => {
      const given = encoding[name];
      const isList = isObject(given) && given.explode === false;
      return [name, valueOfBranch(contract, declared.get(name) ?? {}, isList ? split(branch) : branch)];
    }),
  );
}

function split({ texts, branches }: Branch): Branch {
  return { texts: texts.flatMap((text) => text.split(',')), branches };
}

/** `a[b][]` is `['a', 'b', '']`. */
function pathOf(name: string): readonly string[] {
  // Deeper names are names of their own, which no schema has.
  if (name.split('[').length > MAX_DEPTH) return [name];
  const [, head = name, rest = ''] = /^([^[]+)((?:\[[^\]]*\])+)$/.exec(name) ?? [];
  return [head, ...[...rest.matchAll(/\[([^\]]*)\]/g)].map(([, step = '']) => step)];
}

function valueOfBranch(contract: Contract, schema: Schema, { texts, branches }: Branch): Json {
  const resolved = contract.resolve(schema);
  const items = isSchema(resolved.items) ? resolved.items : {};
  const keys = [...branches.keys()];
  if (keys.length === 0) {
    const types = [resolved.type ?? []].flat();
    if (types.includes('object') || (types.length === 0 && resolved.properties !== undefined))
      return jsonOf(texts.at(-1) ?? '');
    return valueOfText(contract, schema, texts);
  }
  if (keys.every((key) => /^\d*$/.test(key))) {
    return [...branches].flatMap(([key, branch]) =>
      key === '' && branch.branches.size === 0
        ? branch.texts.map((text) => valueOfText(contract, items, [text]))
        : [valueOfBranch(contract, items, branch)],
    );
  }
  const declared = propertiesOf(contract, schema);
  const others = isSchema(resolved.additionalProperties) ? resolved.additionalProperties : {};
  return Object.fromEntries(
    [...branches].map(([key, branch]) => [key, valueOfBranch(contract, declared.get(key) ?? others, branch)]),
  );
}
