import { createPrivateKey, generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Contract } from '../../contract/contract.js';
// The one place where conformance knows the tenant: it is a target like any other.
import { splitTarget } from '../../tenant/http/server.js';
import { createTenant, type PlainRequest, type SigningKey, type TenantOptions } from '../../tenant/tenant.js';
import { parseJson, type Target, TargetFailure } from './target.js';
import { decodeToken, encodePart } from './tokens/jwt.js';

/** The longest body that the tenant reads, in bytes: its server would not hand it more. */
const LONGEST_BODY = 1_048_576;

/** One for all embedded tenants of a process: making one takes a tenth of a second. */
let ownKey: Promise<SigningKey> | undefined;

async function newKey(): Promise<SigningKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  // A JWK of node:crypto is a JSON object of the members that RFC 7518 names.
  return { ...privateKey.export({ format: 'jwk' }), alg: 'RS256' } as SigningKey;
}

/** A tenant in this process, without a socket. It is new, empty but for its own client, and gone with the process. */
export async function embeddedTarget(
  contract: Contract,
  options: Omit<TenantOptions, 'key' | 'baseUrl'> = {},
): Promise<Target> {
  ownKey ??= newKey();
  const key = await ownKey;
  const tenant = await createTenant(contract, { ...options, key });
  const signingKey = createPrivateKey({ key, format: 'jwk' });
  return {
    name: 'embedded tenant',
    url: tenant.url,
    audience: tenant.audience,
    credentials: { client: { id: tenant.clientId, secret: tenant.clientSecret } },
    metered: false,
    // It works on this process's one thread: more lanes would only take turns.
    workers: 1,
    async send(request, { signal }) {
      if (signal?.aborted === true) throw new TargetFailure('cancelled', 'cancelled');
      const { path, query } = splitTarget(request.path);
      const body = request.body ?? '';
      const plain: PlainRequest = { method: request.method, path, query, headers: request.headers, body };
      const tooLarge = body.length > LONGEST_BODY;
      const answer = await tenant.handle(tooLarge ? { ...plain, body: '', tooLarge } : plain);
      // As every server does by HTTP's rule.
      const text = request.method === 'HEAD' ? '' : answer.body;
      return { status: answer.status, headers: answer.headers, text, ...parseJson(text) };
    },
    async sign(claims) {
      const good = decodeToken(await tenant.token());
      const signed = `${encodePart(good?.header ?? {})}.${encodePart(claims)}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), signingKey).toString('base64url')}`;
    },
    reset: async () => tenant.reset(),
    close: async () => undefined,
  };
}
