import type { Exchange } from '../exchange.js';
import type { Redactor } from '../redact.js';
import type { PlannedRequest } from '../request.js';
import { createBodyWriter } from '../stage/bodies.js';
import { createNames } from '../stage/names.js';
import { Pool } from '../stage/pool.js';
import type { Target } from '../targets/target.js';
import { createScopedIssuer, type ScopedIssuer } from '../tokens/scoped-issuer.js';
import type { ReplayContract } from './replay-contract.js';

export interface ScopeIssuerOptions {
  readonly known: ReplayContract;
  readonly target: Target;
  readonly redactor: Redactor;
  readonly sendOpen: (request: PlannedRequest) => Promise<Exchange>;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
}

/** Tokens with fewer scopes at somebody's target, by a client of ours. In a file of its own: few recordings need it. */
export function scopeIssuer({ known, ...options }: ScopeIssuerOptions): ScopedIssuer {
  const { contract, effects } = known;
  const seed = 1;
  const bodies = createBodyWriter(contract, createNames(contract));
  const pool = new Pool({ contract, effects, bodies, mark: `replay${Date.now().toString(36)}`, seed });
  return createScopedIssuer({ ...options, contract, effects, seed, pool: () => pool });
}
