import type { Contract, Effect, Json, JsonObject, Schema } from './contract.js';
import { isObject } from './pointer.js';
import { mergedSchema } from './schema/merged-schema.js';

/** Requests and answers may be objects around the item (`within` and `as` of an effect): `{data: {…}}`. */
type Envelope = Pick<Effect, 'kind' | 'as' | 'within'> | undefined;

/** The item that an answer shows. */
export function answeredItem(effect: Envelope, body: Json | undefined): Json | undefined {
  const holder = holderInAnswer(effect);
  return holder === undefined ? body : isObject(body) ? body[holder] : undefined;
}

/** The schema of the item that an answer shows. @param schema - of the answer */
export function answeredSchema(contract: Contract, effect: Envelope, schema: Schema): Schema {
  return held(contract, schema, holderInAnswer(effect));
}

/** The property of an answer that holds the item; undefined if there is none. */
export function holderInAnswer(effect: Envelope): string | undefined {
  return effect?.kind === 'list' ? undefined : effect?.as;
}

/** The item that a request gives. */
export function sentItem(effect: Envelope, body: Json | undefined): Json | undefined {
  if (effect?.within === undefined) return body;
  return isObject(body) ? body[effect.within] : undefined;
}

/** The schema of the item that a request gives. @param schema - of the body */
export function sentSchema(contract: Contract, effect: Envelope, schema: Schema): Schema {
  return held(contract, schema, effect?.within);
}

/** A body that gives an item. @param around - what else the body has */
export function bodyAround(effect: Envelope, item: JsonObject, around: JsonObject = {}): JsonObject {
  return effect?.within === undefined ? item : { ...around, [effect.within]: item };
}

function held(contract: Contract, schema: Schema, holder: string | undefined): Schema {
  if (holder === undefined) return schema;
  const { properties } = mergedSchema(contract, schema);
  const property = isObject(properties) ? properties[holder] : undefined;
  return isObject(property) ? property : {};
}
