import type { Json } from '../../contract/contract.js';

/** The body of the success; undefined if it has no content. */
export interface EffectResult {
  readonly body?: Json;
  /** The key of a new item that no answer shows. */
  readonly created?: string;
  /** Scopes that the request needed besides those of the operation. */
  readonly scopes?: readonly string[];
}
