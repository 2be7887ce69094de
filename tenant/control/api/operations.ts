import type { Contract, Json, JsonObject } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { Refusal } from '../../answer/refusal.js';
import { TenantError } from '../../errors.js';
import { HABITS } from '../../habits/habit.js';
import type { HookRequest, HookResult, Provider } from '../../provider.js';
import type { ControlledTenant } from '../controlled-tenant.js';
import type { ControlOperation } from './control-operation.js';
import { invalidBody } from './control-operation.js';
import { faultOperations } from './fault-operations.js';
import { requestOperations } from './request-operations.js';
import { snapshotOperations } from './snapshot-operations.js';

/** What the operations of the control API do, by their hooks in its document. @param control - of the control API */
export function operationsOf(tenant: ControlledTenant, control: Contract): Provider['operations'] {
  const operations: Readonly<Record<string, ControlOperation>> = {
    ...stateOperations(tenant),
    ...snapshotOperations(tenant),
    ...requestOperations(tenant),
    ...clockOperations(tenant),
    ...faultOperations(tenant),
    ...habitOperations(tenant),
    ...planOperations(tenant),
  };
  for (const { effect } of control.operations) {
    if (effect?.on === 'hook' && operations[effect.target] === undefined)
      throw new Error(`nothing does "${effect.target}"`);
  }
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [name, async (request: HookRequest) => operation(request)]),
  );
}

function stateOperations(tenant: ControlledTenant): Readonly<Record<string, ControlOperation>> {
  return {
    'health-get': () => ({ body: { status: 'ready' } }),
    'tenant-get': () => ({ body: infoOf(tenant) }),
    'state-reset': () => {
      tenant.reset();
      return {};
    },
    'state-export': () => ({ body: tenant.state.export() }),
    'state-import': ({ body }) => orRefused(() => tenant.state.import(body ?? {})),
    'state-seed': ({ body }) => orRefused(() => tenant.state.add(body ?? {})),
  };
}

function infoOf({ url, audience, clientId, contract }: ControlledTenant): JsonObject {
  const { title, version, operations } = contract;
  return {
    url,
    audience,
    clientId,
    contract: { title, version },
    operations: operations.map(({ id, method, route, summary, security }) => ({
      id,
      method,
      path: route,
      summary,
      scopes: security.map(({ scopes }) => [...scopes]),
    })),
  };
}

function clockOperations({ clock }: ControlledTenant): Readonly<Record<string, ControlOperation>> {
  const show = (): HookResult => ({ body: { now: new Date(clock.now()).toISOString(), frozen: clock.isFrozen } });
  return {
    'clock-get': show,
    'clock-update': ({ body }) => {
      const { now, advance, frozen }: JsonObject = isObject(body) ? body : {};
      if (typeof now === 'string') clock.set(Date.parse(now));
      if (typeof advance === 'number') clock.advance(advance * 1000);
      if (frozen === true) clock.freeze();
      if (frozen === false) clock.release();
      return show();
    },
    'clock-reset': () => {
      clock.reset();
      return {};
    },
  };
}

function habitOperations(tenant: ControlledTenant): Readonly<Record<string, ControlOperation>> {
  const { contract } = tenant;
  const show = (): HookResult => ({
    body: {
      habits: HABITS.map((habit) => {
        const { name, takes, summary, source } = habit;
        const value = tenant.habits[name];
        const operations = contract.operations.filter((operation) => habit.applies(contract, operation));
        const ids = operations.map(({ id }) => id);
        return { name, takes, ...(value === undefined ? {} : { value }), summary, source, operations: ids };
      }),
    },
  });
  return {
    'habits-list': show,
    'habits-set': ({ body }) =>
      orRefused(() => {
        const values = Object.entries(isObject(body) ? body : {});
        tenant.habits = Object.fromEntries(values.map(([name, value]) => [name, String(value)]));
      }, show),
  };
}

function planOperations(tenant: ControlledTenant): Readonly<Record<string, ControlOperation>> {
  const show = (): HookResult => ({
    body: { plan: tenant.plan ?? null, plans: (tenant.contract.rateLimit?.plans ?? []).map(({ name }) => name) },
  });
  return {
    'plan-get': show,
    'plan-set': ({ body }) =>
      orRefused(() => {
        const plan: Json | undefined = isObject(body) ? body.plan : undefined;
        tenant.plan = typeof plan === 'string' ? plan : undefined;
      }, show),
  };
}

/** The message of an error of the user becomes that of a 400. */
function orRefused(change: () => void, show: () => HookResult = () => ({})): HookResult | Refusal {
  try {
    change();
  } catch (error) {
    if (error instanceof TenantError) return invalidBody(error.message);
    throw error;
  }
  return show();
}
