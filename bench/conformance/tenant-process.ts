/** A tenant in its own process, reproducible from its options. */
import { defaultContract } from '../../contract/load/default.js';
import { createTenant, type SigningKey } from '../../tenant/tenant.js';
import type { TenantProcessDetails, TenantProcessOptions } from './throughput.js';

process.once('message', async (options: TenantProcessOptions) => {
  const { seed, baseUrl } = options;
  // A JWK of node:crypto has the members of RFC 7518.
  const key = { ...options.key, alg: 'RS256' } as SigningKey;
  const tenant = await createTenant(await defaultContract(), { seed, baseUrl, key });
  const { url } = await tenant.listen();
  const { audience, clientId, clientSecret } = tenant;
  process.send?.({ url, audience, clientId, clientSecret } satisfies TenantProcessDetails);
});
