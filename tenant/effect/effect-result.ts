import type { Json } from '../../contract/contract.js';

/** The body of the success; undefined if it has no content. */
export interface EffectResult {
  readonly body?: Json;
  /** The key of a new item that no answer shows. */
  readonly created?: string;
  /** The number of items on all pages of a listing, where the contract does not say how a page shows it. */
  readonly total?: number;
  /** Scopes that the request needed besides those of the operation. */
  readonly scopes?: readonly string[];
}
