import { createPrivateKey, sign } from 'node:crypto';
import type { Contract } from '../../contract/contract.js';
// The only file of conformance that imports the tenant, and makes it a target like any other.
import { EmbeddedTenant } from '../../tenant/embedded-tenant.js';
import { splitTarget } from '../../tenant/http/server.js';
import { resolveOptions } from '../../tenant/options.js';
import { servedContract } from '../../tenant/served-contract.js';
import type { PlainRequest, TenantOptions } from '../../tenant/tenant.js';
import { tokenOperation } from './auth0/client-credentials.js';
import { EMBEDDED_KEY } from './embedded-key.js';
import { provisionedBody } from './provisioned-body.js';
import { parseAnswer, type Target, TargetFailure } from './target.js';
import { decodeToken, encodePart } from './tokens/jwt.js';

/** The longest body that the tenant's server reads, in bytes. */
const LONGEST_BODY = 1_048_576;

/** A new tenant in this process, without a socket; empty except for its own client. */
export async function embeddedTarget(
  contract: Contract,
  options: Omit<TenantOptions, 'key' | 'baseUrl'> = {},
): Promise<Target> {
  const served = servedContract(contract, options);
  const tenant = await EmbeddedTenant.create(served, resolveOptions(served, { ...options, key: EMBEDDED_KEY }));
  const signingKey = createPrivateKey({ key: EMBEDDED_KEY, format: 'jwk' });
  return {
    name: 'embedded tenant',
    url: tenant.url,
    audience: tenant.audience,
    credentials: {
      client: { id: tenant.clientId, secret: tenant.clientSecret },
      // A contract without a token operation cannot say how to get one.
      ...(tokenOperation(contract) === undefined ? { token: await tenant.token() } : {}),
    },
    metered: false,
    // It runs on this process's one thread: more workers would only take turns.
    workers: 1,
    async send(request, { signal }) {
      if (signal?.aborted === true) throw new TargetFailure('cancelled', 'cancelled');
      const { path, query } = splitTarget(request.path);
      const body = request.body ?? '';
      const plain: PlainRequest = { method: request.method, path, query, headers: request.headers, body };
      const tooLarge = body.length > LONGEST_BODY;
      const answer = await tenant.handle(tooLarge ? { ...plain, body: '', tooLarge } : plain);
      // As HTTP requires.
      const text = request.method === 'HEAD' ? '' : answer.body;
      return { status: answer.status, headers: answer.headers, text, ...parseAnswer(text) };
    },
    issue: (scopes) => tenant.token({ scopes }),
    async sign(claims) {
      const good = decodeToken(await tenant.token());
      const signed = `${encodePart(good?.header ?? {})}.${encodePart(claims)}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), signingKey).toString('base64url')}`;
    },
    provision: (resource, seed, keys) =>
      tenant.state.provision(resource, { ...provisionedBody(contract, resource, seed), ...keys }),
    reset: async () => tenant.reset(),
    close: async () => undefined,
  };
}
