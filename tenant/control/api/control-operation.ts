import { Refusal } from '../../answer/refusal.js';
import type { HookRequest, HookResult } from '../../provider.js';

/** What an operation of the control API does. */
export type ControlOperation = (request: HookRequest) => HookResult | Refusal | Promise<HookResult | Refusal>;

export function invalidBody(reason: string): Refusal {
  return new Refusal({ kind: 'invalid', part: 'body' }, { reason }, reason);
}
