import { describe, expect, test } from 'vitest';
import type { Contract, Operation } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { type ClientPlan, planClient } from '../client/plan.js';
import { emitCode } from './emit-code.js';
import { READ_OF_OTHERS } from './operation-facts.js';
import { pageJobs } from './reference/reference.js';
import { idExamples } from './samples/id-examples.js';

const contract = await defaultContract(packageRoot());

describe('of other operations', () => {
  const reads: { readonly of: string; readonly name: string }[] = [];
  let own = '';
  const { recorded, plan } = recording(contract, (of, name) => {
    if (of !== own) reads.push({ of, name });
  });
  // All pages share them.
  idExamples(recorded);

  /** What was read of others, beside what is compared. */
  function uncompared(titles: readonly string[] = []): typeof reads {
    return reads.filter(
      ({ of, name }) =>
        !(READ_OF_OTHERS as readonly string[]).includes(name) && !(name === 'summary' && titles.includes(of)),
    );
  }

  test.each([
    ['four languages', undefined],
    ['all languages', 'all' as const],
  ])('a page reads only what is compared, with %s', (_, samples) => {
    for (const { operation, emit } of pageJobs(recorded, { plan, samples })) {
      if (operation === undefined) continue;
      own = operation.id;
      reads.length = 0;
      const { path, titles } = emit();
      expect(uncompared(titles), path).toEqual([]);
    }
  });

  test('the code of a method reads only what is compared', async () => {
    const parts = new Set<string>();
    const files = emitCode(recorded, plan, {}, (part, method, make) => {
      own = method.operation.id;
      reads.length = 0;
      const made = make();
      expect(uncompared(), `${part} of ${own}`).toEqual([]);
      parts.add(part);
      return made;
    });
    for await (const _file of files);
    expect([...parts]).toEqual(['types', 'members', 'functions', 'row']);
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
