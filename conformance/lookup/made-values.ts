import type { Contract, Json, Operation } from '../../contract/contract.js';
import { textsIn } from '../../contract/json/texts-in.js';
import { isObject } from '../../contract/pointer.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { bodyMedia } from '../target/request-body.js';
import { hasCauses, isDuplicate } from './invented-names.js';

/**
 * The texts of bodies that made something. Any of them may have to be unique, also deep in the body, and generators repeat
 * texts: only a contract with causes of errors says which.
 */
export class MadeValues {
  readonly #texts = new Set<string>();

  /** Remembers the texts of a body that was accepted. */
  learn(exchange: Exchange): void {
    if (!succeeded(exchange)) return;
    for (const text of textsIn(exchange.request.values?.body)) this.#texts.add(text);
  }

  /** Whether a creation was refused as a duplicate, and its body has a free text of an earlier one. */
  explain(contract: Contract, operation: Operation, exchange: Exchange): boolean {
    if (operation.effect?.kind !== 'create' || hasCauses(operation) || !isDuplicate(exchange)) return false;
    const schema = bodyMedia(operation)?.schema;
    const listed = new Set(schema === undefined ? [] : listedIn(contract.standalone(schema)));
    return textsIn(exchange.request.values?.body).some((text) => this.#texts.has(text) && !listed.has(text));
  }
}

/** The texts that a schema lists: they are chosen, not invented. */
function listedIn(schema: Json): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(listedIn);
  if (!isObject(schema)) return [];
  const { enum: values = [], const: only = [], ...others } = schema;
  return [...textsIn(values), ...textsIn(only), ...Object.values(others).flatMap(listedIn)];
}
