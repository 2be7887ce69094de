import { timingSafeEqual } from 'node:crypto';
import type { Contract } from '../../../contract/contract.js';
import { Refusal } from '../../answer/refusal.js';
import { reasonOf, reasonsOf } from '../../auth0/wording.js';
import { Core } from '../../core.js';
import type { PlainRequest, PlainResponse } from '../../exchange.js';
import type { ResolvedControl } from '../../options.js';
import type { Caller, Provider } from '../../provider.js';
import { randomFrom } from '../../random.js';
import { Store } from '../../store/store.js';
import type { ControlledTenant } from '../controlled-tenant.js';
import { gateRefusal } from '../gate.js';
import { controlContract } from './control-contract.js';
import { operationsOf } from './operations.js';

/** Every operation of the control API needs the same token. */
const OPERATOR: Caller = { subject: 'operator', client: 'operator', scopes: new Set() };

/**
 * The control API of a tenant. It is a tenant of its own contract: routes, validation and errors come from the document,
 * and only what its operations do is code.
 */
export async function createControlApi(
  tenant: ControlledTenant,
  access: ResolvedControl,
): Promise<(request: PlainRequest) => Promise<PlainResponse>> {
  const contract = await controlContract();
  const hosts = new Set(access.hosts);
  const provider = controlProvider(contract, tenant, access.token);
  const store = new Store(contract);
  const world = {
    contract,
    store,
    random: randomFrom(undefined),
    clock: Date.now,
    provider,
    habits: {},
    lagging: undefined,
  };
  const core = new Core(world, { itemBuilders: new Map(), plan: undefined, onServed: undefined });
  return async (request) => {
    const reason = gateRefusal(request, hosts);
    return reason === undefined ? core.handle(withToken(request, access.token)) : forbidden(reason);
  };
}

function controlProvider(contract: Contract, tenant: ControlledTenant, token: string | undefined): Provider {
  return {
    takesAnyToken: true,
    isWhole: true,
    verify: (given) =>
      token === undefined || isSame(given, token)
        ? OPERATOR
        : new Refusal({ kind: 'token', fault: 'other' }, {}, 'wrong control token'),
    operations: operationsOf(tenant, contract),
    resourceHooks: {},
    companionHooks: {},
    createHooks: {},
    viewHooks: {},
    derivedHooks: {},
    searches: {},
    impliedProperties: {},
    stateChecks: {},
    protects: () => undefined,
    reasons: reasonsOf,
    reason: reasonOf,
  };
}

/** Without a token to check, none is needed. */
function withToken(request: PlainRequest, token: string | undefined): PlainRequest {
  return token === undefined ? { ...request, headers: { ...request.headers, authorization: 'Bearer none' } } : request;
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function forbidden(reason: string): PlainResponse {
  const body = JSON.stringify({ statusCode: 403, errorCode: 'control_forbidden', message: reason });
  return { status: 403, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}
