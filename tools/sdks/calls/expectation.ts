import type { Fixtures } from '../fixtures.js';

/** Arguments for one call, and what must come of it. */
export interface PreparedCall {
  readonly path?: readonly string[];
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Values that appear somewhere in what the method returns. */
  readonly returns?: readonly unknown[];
  /** A GET after the call, and what its answer contains and lacks. Without a status, it must be 200. */
  readonly afterwards?: {
    readonly get: string;
    readonly status?: number;
    readonly has?: readonly unknown[];
    readonly lacks?: readonly unknown[];
  };
}

/** By operation, such as `POST /users/{}/roles`: makes what the calls need, and says how to call. */
export type CallTable = Readonly<Record<string, (fixtures: Fixtures) => Promise<readonly PreparedCall[]>>>;

/** The ways to ask for a page; an SDK sends those that it has. */
export const PAGE = { page: 0, per_page: 50, include_totals: true } as const;
export const CHECKPOINT = { take: 50 } as const;

export const id = encodeURIComponent;
