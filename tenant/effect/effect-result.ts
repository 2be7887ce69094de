import type { Json } from '../../contract/contract.js';

/** What a page may say of itself in numbers. */
export interface PageNumbers {
  /** The number of items on all pages. */
  readonly total: number;
  /** The most items of a page. */
  readonly size: number;
  /** As the parameter counts pages; from 1 if it does not. */
  readonly page: number;
}

/** The body of the success; undefined if it has no content. */
export interface EffectResult {
  readonly body?: Json;
  /** The key of a new item, for its `Location`. */
  readonly created?: string;
  /** The place of a page in its listing, where the contract does not say how a page shows it. */
  readonly numbers?: PageNumbers;
  /** Scopes that the request needed besides those of the operation. */
  readonly scopes?: readonly string[];
}
