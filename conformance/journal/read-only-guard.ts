import { Stop } from '../engine/stop.js';
import { hasNoEffect } from '../session/resend.js';
import type { PlannedRequest } from '../target/request.js';

/** Stops every request that may change something: `--read-only`. */
export class ReadOnlyGuard {
  /** Nothing is to be learnt: no write is sent. */
  learn(): void {}

  /** @throws Stop where the request is not a reading one */
  assertHarmless(request: PlannedRequest): void {
    if (hasNoEffect(request)) return;
    const route = request.operation?.route ?? request.path;
    throw new Stop(`${request.method} ${route} is not sent with --read-only.`, 'budget');
  }
}
