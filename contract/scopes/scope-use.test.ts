import { describe, expect, it, test } from 'vitest';
import type { Operation, SecurityAlternative } from '../contract.js';
import { scopeOutcome } from './scope-outcome.js';
import { ScopeUse } from './scope-use.js';

function operation(id: string, ...alternatives: readonly (readonly string[] | 'disputed')[]): Operation {
  const security = alternatives.map((scopes): SecurityAlternative => {
    const disputed = scopes === 'disputed';
    const evidence = { grade: 'recorded', source: 'a test' } as const;
    return { scheme: 's', scopes: disputed ? ['odd'] : scopes, disputed, evidence, pointer: '' };
  });
  // Only what the function reads.
  return { id, security, responses: [] } as unknown as Operation;
}

const read = operation('things.list', ['read:things']);
const write = operation('things.create', ['write:things'], ['admin']);
const both = operation('things.copy', ['admin'], ['read:things', 'write:things']);
const outcome = 'allowed' as const;

describe('scopes of a client', () => {
  it('are the fewest with which its requests succeed', () => {
    const use = new ScopeUse();
    for (const each of [both, write, read, read]) use.add({ client: 'a', operation: each, outcome });
    expect(use.clients()).toEqual([
      {
        client: 'a',
        requests: 4,
        used: [
          { scope: 'admin', operations: ['things.copy', 'things.create'] },
          { scope: 'read:things', operations: ['things.list'] },
        ],
        lacked: [],
      },
    ]);
  });

  it('are those of the alternative that its token had', () => {
    const use = new ScopeUse();
    use.add({ client: 'a', audience: 'api', granted: ['admin', 'spare'], operation: write, outcome });
    use.add({ client: 'a', granted: ['admin'], operation: both, outcome });
    expect(use.clients()).toEqual([
      {
        client: 'a',
        audience: 'api',
        requests: 2,
        used: [{ scope: 'admin', operations: ['things.create', 'things.copy'] }],
        granted: ['admin', 'spare'],
        unused: ['spare'],
        lacked: [],
      },
    ]);
  });

  it('do not include one that only some of the tokens had', () => {
    const use = new ScopeUse();
    use.add({ client: 'a', granted: ['admin', 'write:things'], operation: write, outcome });
    use.add({ client: 'a', granted: ['admin'], operation: write, outcome });
    expect(use.clients()[0]?.used).toEqual([{ scope: 'admin', operations: ['things.create'] }]);
  });

  it('that it lacked are those of the alternative that is closest, counted by operation', () => {
    const use = new ScopeUse();
    for (const granted of [['read:things'], ['read:things']])
      use.add({ client: 'a', granted, operation: both, outcome: 'lacking' });
    use.add({ operation: operation('x', 'disputed'), outcome: 'lacking' });
    expect(use.clients().map(({ client, lacked }) => [client, lacked])).toEqual([
      ['a', [{ operation: 'things.copy', scopes: ['admin'], refusals: 2 }]],
      [undefined, [{ operation: 'x', scopes: ['odd'], refusals: 1 }]],
    ]);
  });

  it('leave out an alternative that sources contradict', () => {
    const use = new ScopeUse();
    use.add({ operation: operation('x', 'disputed', ['read:things']), outcome });
    expect(use.clients()[0]?.used).toEqual([{ scope: 'read:things', operations: ['x'] }]);
  });
});

describe('an answer', () => {
  const problem = (errorCode: string, kind: string) => ({ errorCode, when: { kind } });
  const refusing = {
    ...read,
    responses: [{ status: '403', problems: [problem('insufficient_scope', 'scope'), problem('blocked', 'never')] }],
  } as unknown as Operation;

  test.each([
    { given: { status: 200 }, want: 'allowed' },
    { given: { status: 404 }, want: 'allowed' },
    { given: { status: 400 }, want: undefined },
    { given: { status: 401 }, want: undefined },
    { given: { status: 429 }, want: undefined },
    { given: { status: 403, errorCode: 'insufficient_scope' }, want: 'lacking' },
    { given: { status: 403, errorCode: 'blocked' }, want: undefined },
    { given: { status: 403 }, want: 'lacking' },
    { given: { status: 403, granted: ['read:things'] }, want: undefined },
  ])('$given is $want', ({ given, want }) => {
    expect(scopeOutcome(refusing, given)).toBe(want);
  });

  it('of an operation without security says nothing', () => {
    expect(scopeOutcome(operation('open'), { status: 200 })).toBeUndefined();
  });
});
