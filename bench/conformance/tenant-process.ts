/** A tenant in a process of its own, made as it is told, so that another can be made just like it. */
import { defaultContract } from '../../contract/load/default.js';
import { createTenant, type SigningKey } from '../../tenant/tenant.js';
import type { TenantTells, TenantTold } from './throughput.js';

process.once('message', async (told: TenantTold) => {
  const { seed, baseUrl } = told;
  // A JWK by node:crypto has what RFC 7518 names.
  const key = { ...told.key, alg: 'RS256' } as SigningKey;
  const tenant = await createTenant(await defaultContract(), { seed, baseUrl, key });
  const { url } = await tenant.listen();
  const { audience, clientId, clientSecret } = tenant;
  process.send?.({ url, audience, clientId, clientSecret } satisfies TenantTells);
});
