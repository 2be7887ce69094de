import { BodyWriter } from '../../conformance/fixtures/bodies.js';
import { FixturePool } from '../../conformance/fixtures/fixture-pool.js';
import { createNames } from '../../conformance/fixtures/names.js';
import type { Redactor } from '../../conformance/redaction/redact.js';
import type { Exchange } from '../../conformance/target/exchange.js';
import type { PlannedRequest } from '../../conformance/target/request.js';
import type { Target } from '../../conformance/target/target.js';
import { createScopedIssuer, type ScopedIssuer } from '../../conformance/target/tokens/scoped-issuer.js';
import type { ReplayContract } from '../recorded/replay-contract.js';

export interface ScopeIssuerOptions {
  readonly known: ReplayContract;
  readonly target: Target;
  readonly redactor: Redactor;
  readonly seed: number;
  readonly sendOpen: (request: PlannedRequest) => Promise<Exchange>;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
}

/** Issues tokens with fewer scopes at a remote target through a client of its own. Loaded only when needed. */
export function scopeIssuer({ known, send, ...options }: ScopeIssuerOptions): ScopedIssuer {
  const { contract, effects } = known;
  const { seed } = options;
  const bodies = new BodyWriter(contract, createNames(contract));
  const pool = new FixturePool({ contract, effects, bodies, mark: `replay${Date.now().toString(36)}`, seed });
  return createScopedIssuer({ ...options, contract, effects, granting: async () => ({ pool, send }) });
}
