import type { Target } from '../../conformance/target/target.js';
import type { IndependentTenant } from './tenant.js';

/** The hand-written tenant as a target. */
export function independentTarget(tenant: IndependentTenant): Target {
  return {
    name: 'independent tenant',
    url: tenant.url,
    audience: tenant.audience,
    credentials: { client: { id: tenant.clientId, secret: tenant.clientSecret } },
    metered: false,
    workers: 1,
    send: (request) => tenant.handle(request),
    // It can sign tokens with wrong claims with its own key.
    sign: (claims) => tenant.sign(claims),
    close: async () => undefined,
  };
}
