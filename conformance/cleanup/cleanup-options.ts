import type { Contract } from '../../contract/contract.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import type { Effects } from '../lookup/effects.js';
import type { Exchange } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';

export interface CleanupOptions {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly created: CreatedResources;
  /** How many requests go side by side. */
  readonly workers: number;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
  /** Of the run: what carries it is named, whatever made it. Absent: only what the run knows is searched. */
  readonly mark?: string;
}
