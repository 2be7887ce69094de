import type { Contract, JsonObject, Operation } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { Refusal } from '../../answer/refusal.js';
import type { ControlledTenant } from '../controlled-tenant.js';
import { type Fault, type FaultRule, Faults } from '../faults.js';
import type { ControlOperation } from './control-operation.js';
import { invalidBody } from './control-operation.js';

export function faultOperations({ contract, monitor }: ControlledTenant): Readonly<Record<string, ControlOperation>> {
  const { faults } = monitor ?? { faults: new Faults() };
  return {
    'faults-list': () => ({ body: { faults: faults.list().map(shown) } }),
    'faults-create': ({ body }) => {
      const rule = isObject(body) ? body : {};
      const problem = problemOf(rule);
      if (problem !== undefined) return invalidBody(problem);
      const { operation: given, times = 1 } = rule;
      const operation = typeof given === 'string' ? operationNamed(contract, given) : undefined;
      if (typeof given === 'string' && operation === undefined) {
        const cause = { kind: 'hook', name: 'operation-unknown' } as const;
        return new Refusal(cause, { operation: given }, `no operation "${given}"`);
      }
      const complete = {
        after: false,
        ...rule,
        times,
        ...(operation === undefined ? {} : { operation: operation.id }),
      };
      return { body: shown(faults.add(complete as unknown as FaultRule)) }; // the document allows nothing else
    },
    'faults-clear': () => {
      faults.clear();
      return {};
    },
    'faults-delete': ({ path }) => {
      faults.delete(String(path.id));
      return {};
    },
  };
}

function problemOf({ status, reset, delay, after, retryAfter }: JsonObject): string | undefined {
  if (status !== undefined && reset === true) return '"status" and "reset" exclude each other';
  if (status === undefined && reset !== true && delay === undefined) return 'expected "status", "reset" or "delay"';
  if (after === true && status === undefined && reset !== true) return '"after" needs "status" or "reset"';
  return retryAfter !== undefined && status !== 429 ? '"retryAfter" needs the status 429' : undefined;
}

/** By its id, or by method and path, as in the document or as sent. */
function operationNamed({ operations }: Contract, name: string): Operation | undefined {
  return operations.find(
    ({ id, method, path, route }) => id === name || [`${method} ${path}`, `${method} ${route}`].includes(name),
  );
}

function shown(fault: Fault): JsonObject {
  return { ...fault };
}
