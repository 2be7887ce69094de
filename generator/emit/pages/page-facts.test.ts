import { describe, expect, test } from 'vitest';
import type { Contract, Operation } from '../../../contract/contract.js';
import { defaultContract } from '../../../contract/load/default.js';
import { packageRoot } from '../../../contract/load/package-root.js';
import { type ClientPlan, planClient } from '../../client/plan.js';
import { pageJobs } from '../reference/reference.js';
import { idExamples } from '../samples/id-examples.js';
import { READ_OF_OTHERS } from './page-facts.js';

const contract = await defaultContract(packageRoot());

describe('a page about an operation reads of others', () => {
  const reads: { readonly of: string; readonly name: string }[] = [];
  let own = '';
  const { recorded, plan } = recording(contract, (of, name) => {
    if (of !== own) reads.push({ of, name });
  });
  // All pages share them.
  idExamples(recorded);

  test.each([
    ['four languages', undefined],
    ['all languages', 'all' as const],
  ])('only what is compared, with %s', (_, samples) => {
    for (const { operation, emit } of pageJobs(recorded, { plan, samples })) {
      if (operation === undefined) continue;
      own = operation.id;
      reads.length = 0;
      const { path, titles } = emit();
      const others = reads.filter(
        ({ of, name }) =>
          !(READ_OF_OTHERS as readonly string[]).includes(name) && !(name === 'summary' && titles.includes(of)),
      );
      expect(others, path).toEqual([]);
    }
  });
});

/** A contract and a plan that report which properties of which operation, or of its method, are read. */
function recording(
  of: Contract,
  report: (operation: string, property: string) => void,
): { readonly recorded: Contract; readonly plan: ClientPlan } {
  function observed<T extends object>(value: T, id: string, unreported: readonly string[] = []): T {
    return new Proxy(value, {
      get(target, name, receiver) {
        if (typeof name === 'string' && !unreported.includes(name)) report(id, name);
        return Reflect.get(target, name, receiver);
      },
      ownKeys(target) {
        report(id, 'all properties');
        return Reflect.ownKeys(target);
      },
    });
  }
  const operations = of.operations.map((operation): Operation => observed(operation, operation.id));
  const recorded = { ...of, operations };
  const plan = planClient(recorded);
  const methods = plan.methods.map((method) => observed(method, method.operation.id, ['operation']));
  const byOperation = new Map(methods.map((method) => [method.operation.id, method]));
  return { recorded, plan: { ...plan, methods, byOperation } };
}
