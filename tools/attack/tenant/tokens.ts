import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Contract } from '../../../contract/contract.js';
import { createTenant, defaultContract, type SigningKey, type Tenant } from '../../../tenant/tenant.js';
import { type Attack, type AttackContext, type AttackResult, spread, tryAll } from '../attack.js';
import { type Claims, FORGERIES, type Forger } from './forgeries.js';

export const forgedTokens: Attack = {
  name: 'tokens',
  expects: '400 or 401, as documented',
  size: FORGERIES.length,
  async run({ size }: AttackContext): Promise<AttackResult> {
    const contract = await defaultContract();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    // A JWK of node:crypto is a JSON object of the members that RFC 7518 names.
    const key = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256' } as SigningKey;
    const tenant = await createTenant(contract, { seed: 1, key });
    const forger = await forgerOf(tenant, createPrivateKey({ key, format: 'jwk' }));
    const { method, path } = protectedRequest(contract);
    const statusOf = async (token: string): Promise<number> =>
      (await tenant.handle({ method, path, query: '', headers: { authorization: `Bearer ${token}` }, body: '' }))
        .status;
    const genuine = await statusOf(forger.token);
    const result = await tryAll(spread(FORGERIES, size), { atOnce: 1 }, async ({ make }) => {
      const status = await statusOf(make(forger));
      return status === 400 || status === 401 ? [] : [`expected 400 or 401, received ${status}`];
    });
    const failures = genuine === 200 ? [] : [`the genuine token: expected 200, received ${genuine}`];
    return { tried: result.tried, failures: [...failures, ...result.failures] };
  },
};

async function forgerOf(tenant: Tenant, genuine: KeyObject): Promise<Forger> {
  const token = await tenant.token();
  const [header = '', claims = ''] = token.split('.');
  return {
    token,
    header: JSON.parse(Buffer.from(header, 'base64url').toString()) as Claims,
    claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims,
    genuine,
    publicKey: createPublicKey(genuine),
    foreign: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    now: Math.floor(Date.now() / 1000),
  };
}

/** A request without parameters that needs a token. */
function protectedRequest({ operations }: Contract): { readonly method: string; readonly path: string } {
  const found = operations.find(
    ({ method, route, security }) => method === 'GET' && security.length > 0 && !route.includes('{'),
  );
  if (found === undefined) throw new Error('the contract has no GET operation without path parameters');
  return { method: found.method, path: found.route };
}
