import { expect, it } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { Settling } from '../fixtures/settling.js';
import { Effects } from '../lookup/effects.js';
import type { HttpSession } from '../session/http-session.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, noValues } from '../target/request.js';
import type { Tokens } from '../target/tokens/token.js';
import { pauselessClock } from '../test-support/instant-clock.js';
import { LateChanges } from './late-changes.js';

const contract = await defaultContract();
const listing = contract.operations.find(
  ({ effect }) => effect?.kind === 'list' && effect.on === 'relation' && effect.consistency === 'eventual',
);
const sides = contract.relations.get(listing?.effect?.target ?? '')?.between ?? [];

const isDeletionOf = (isSide: boolean) => (operation: Operation) =>
  operation.effect?.kind === 'delete' && sides.includes(operation.effect.target) === isSide;

it.each([
  ['one of its sides', contract.operations.filter(isDeletionOf(true)), true],
  ['something else', contract.operations.filter(isDeletionOf(false)), false],
])('a listing that shows changes late is waited for after a deletion of %s', (_what, deletions, waits) => {
  expect(deletions.length).toBeGreaterThan(0);
  for (const operation of deletions) {
    const settling = new Settling();
    const clock = pauselessClock();
    settling.settled(listing?.id ?? '', 2000);
    const changes = new LateChanges({
      ...{ contract, effects: new Effects(contract), clock, settling, signal: new AbortController().signal },
      ...{ session: {} as HttpSession, tokens: {} as Tokens },
    });
    const exchange: Exchange = {
      request: buildRequest(operation, noValues),
      response: { status: 204, headers: {}, text: '' },
      durationMs: 1,
    };
    changes.noteWrite(exchange);
    const pause = settling.pauseBefore(listing?.id ?? '', listing?.effect?.target ?? '', clock.now());
    expect(pause > 0).toBe(waits);
  }
});
