import type { Contract } from '../../contract/contract.js';
import { measureDelay } from '../fixtures/measure-delay.js';
import type { Settling } from '../fixtures/settling.js';
import type { Effects } from '../lookup/effects.js';
import { tuplesOf } from '../lookup/tuples.js';
import type { HttpSession } from '../session/http-session.js';
import type { Clock } from '../target/clock.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import { bearer, type Tokens } from '../target/tokens/token.js';

export interface LateChangesOptions {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly session: HttpSession;
  readonly tokens: Tokens;
  readonly clock: Clock;
  /** Shared by all workers of a run. */
  readonly settling: Settling;
  readonly signal: AbortSignal;
}

/** Listings that show changes late, by the contract: they are read when they show all changes, as far as is known. */
export class LateChanges {
  readonly #options: LateChangesOptions;

  constructor(options: LateChangesOptions) {
    this.#options = options;
  }

  /** Waits, before a listing is read, until it can show what was written. */
  async before({ operation }: PlannedRequest): Promise<void> {
    const { settling, clock, signal } = this.#options;
    if (operation?.effect?.kind !== 'list' || operation.effect.consistency !== 'eventual') return;
    const pause = settling.pauseBefore(operation.id, operation.effect.target, clock.now());
    if (pause > 0) await clock.sleep(pause, signal);
  }

  /** @returns whether the request changes a relation, where it has its effect */
  noteWrite({ request: { operation } }: Exchange): boolean {
    const { contract, settling, clock } = this.#options;
    const effect = operation?.effect;
    // What is deleted leaves its relations, and their listings may show that late, too.
    if (effect?.kind === 'delete')
      for (const { name, between } of contract.relations.values())
        if (between.includes(effect.target)) settling.wrote(name, clock.now());
    if (effect?.kind !== 'add' && effect?.kind !== 'remove') return false;
    settling.wrote(effect.target, clock.now());
    return true;
  }

  /** Notes a change of a relation; after the first one, finds out how late its listing shows it. */
  async noteChange(exchange: Exchange): Promise<void> {
    const { settling, contract, effects, session, tokens } = this.#options;
    const effect = exchange.request.operation?.effect;
    if (!succeeded(exchange) || effect === undefined || !this.noteWrite(exchange)) return;
    const [tuple] = tuplesOf(contract, exchange.request, 'add');
    const listing = effects.one('list', effect.target, Object.keys(effect.of));
    const isLate = listing?.effect?.consistency === 'eventual' && settling.isUnknown(listing.id);
    if (effect.kind !== 'add' || tuple === undefined || listing === undefined || !isLate) return;
    // From here on it is known, so that this is done once.
    settling.settled(listing.id, 0);
    const token = await tokens.full();
    const send = (request: PlannedRequest) =>
      session.send(request, { authorization: bearer(token), scopes: token.scopes, rate: 'wait', purpose: 'fixture' });
    await measureDelay({ ...this.#options, listing, tuple, send });
  }
}
