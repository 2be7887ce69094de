import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../finding/fingerprint.js';
import type { Diagnosable, DiagnosableResult, DiagnosedRun } from './diagnosable.js';
import { diagnose } from './diagnose.js';

const OPERATIONS = ['berths.list', 'berths.moor', 'berths.read', 'berths.leave'];
const CHECKS = ['documented-success', 'unknown-refused', 'token-missing', 'token-forged', 'created-is-read', 'client'];

interface Found extends Diagnosable {
  /** What its operations are before diagnosis: that of the exchange, then those of readings after it. */
  readonly shows?: string;
}

function found(operation: string | readonly string[], cause: string, more: Partial<Found> = {}): Found {
  const operations = typeof operation === 'string' ? [operation] : operation;
  const [first = ''] = operations;
  return {
    check: 'documented-success',
    family: 'status-and-shape',
    operations,
    foundAt: first,
    fingerprint: '',
    code: 'WRONG_STATUS',
    severity: 'failed',
    cause,
    ...more,
  };
}

function run(findings: readonly Found[], more: Partial<DiagnosedRun<Found>> = {}): DiagnosedRun<Found> {
  return {
    findings,
    results: [],
    operations: OPERATIONS,
    absent: [],
    readings: [['berths.moor', 'berths.read']],
    check: (id) => ({ title: `rule of ${id}`, needsState: id === 'created-is-read', rank: CHECKS.indexOf(id) }),
    showing: (finding, operation) => ({ ...finding, shows: operation }),
    ...more,
  };
}

/** `cause at its operations`, and how many causes it explains. */
function summary(findings: readonly Found[], more: Partial<DiagnosedRun<Found>> = {}): readonly string[] {
  return diagnose(run(findings, more)).findings.map(({ cause, operations, consequences }) => {
    const explains = consequences === undefined ? '' : ` +${consequences.findings.length}/${consequences.checks}`;
    return `${cause} at ${operations.join(', ')}${explains}`;
  });
}

const client = { check: 'client', family: 'client', code: 'CLIENT' } as const;
const accepted = { code: 'WRONGLY_ACCEPTED' } as const;
const noToken = { ...accepted, check: 'token-missing', family: 'authentication' } as const;
const forged = { ...accepted, check: 'token-forged', family: 'authentication' } as const;

describe('diagnose', () => {
  it('makes one finding of a cause, at the first operation of the contract that has it', () => {
    const findings = [
      found('berths.moor', 'status 200 instead of 204'),
      found('berths.list', 'status 200 instead of 204'),
    ];
    expect(summary(findings)).toEqual(['status 200 instead of 204 at berths.list, berths.moor']);
    expect(diagnose(run(findings)).findings[0]?.fingerprint).toBe(
      fingerprintOf('status 200 instead of 204', 'berths.list'),
    );
  });

  it('gives the same cause at another operation another fingerprint', () => {
    const [one] = diagnose(run([found('berths.list', 'server error 500')])).findings;
    const [other] = diagnose(run([found('berths.moor', 'server error 500')])).findings;
    expect(one?.fingerprint).not.toBe(other?.fingerprint);
  });

  it('prefers the finding of the check of the operation that is at fault', () => {
    const findings = [
      found('berths.list', 'server error 500', { foundAt: 'berths.moor' }),
      found('berths.list', 'server error 500', { foundAt: 'berths.list' }),
    ];
    expect(diagnose(run(findings)).findings[0]?.foundAt).toBe('berths.list');
  });

  it('blames the reading that all findings share, where several writes seem at fault', () => {
    const lacks = 'the listing lacks a ship';
    const findings = [found(['berths.moor', 'berths.list'], lacks), found(['berths.leave', 'berths.list'], lacks)];
    const [one] = diagnose(run(findings)).findings;
    expect(one).toMatchObject({ operations: ['berths.list', 'berths.leave', 'berths.moor'], shows: 'berths.list' });
  });

  it('blames the write where two readings contradict it', () => {
    const findings = [
      found(['berths.moor', 'berths.list'], 'the listing lacks a ship'),
      found(['berths.moor', 'berths.read'], 'the ship has no berth'),
    ];
    expect(summary(findings)).toEqual([
      'the listing lacks a ship at berths.moor',
      'the ship has no berth at berths.moor',
    ]);
  });

  it('makes one finding of an operation that is not implemented, with the checks that could not run', () => {
    const skipped: DiagnosableResult = {
      check: 'token-forged',
      operation: 'berths.moor',
      outcome: 'skipped',
      reason: 'POST /berths is not implemented.',
    };
    const findings = [
      found('berths.moor', 'status 404 instead of 204'),
      found('berths.moor', 'status 404 instead of 401', { check: 'token-missing' }),
      found('berths.list', 'server error 500', { code: 'SERVER_ERROR' }),
    ];
    expect(summary(findings, { absent: ['berths.moor'], results: [skipped] })).toEqual([
      'not implemented at berths.moor +1/2',
      'server error 500 at berths.list',
    ]);
  });

  it('makes one finding of a missing token check, at its operations alone', () => {
    const findings = [
      found('berths.moor', 'accepted although there is no token', noToken),
      found('berths.moor', 'accepted although the token is expired', forged),
      found('berths.moor', 'accepted although the token has alg none', forged),
      found('berths.moor', 'HEAD needs no token', { check: 'head-and-options' }),
      found('berths.list', 'accepted although the token is expired', forged),
      found('berths.moor', 'status 200 instead of 204'),
    ];
    expect(summary(findings)).toEqual([
      'no token is required at berths.moor +3/2',
      'accepted although the token is expired at berths.list',
      'status 200 instead of 204 at berths.moor',
    ]);
  });

  it('makes one finding of a target that keeps no state', () => {
    const state = { check: 'created-is-read', family: 'state', code: 'CREATED_IS_READ' } as const;
    const results: DiagnosableResult[] = ['created-is-read', 'relation-model'].map((check) => ({
      check,
      operation: 'berths.moor',
      outcome: 'failed',
    }));
    const findings = [
      found('berths.moor', 'property name is not what was sent', state),
      found('berths.moor', 'property flag is not what was sent', state),
      found('berths.list', 'content type'),
    ];
    expect(summary(findings, { results })).toEqual([
      'content type at berths.list',
      'the target keeps no state at berths.moor +1/0',
    ]);
    const remembers: DiagnosableResult = { check: 'relation-shows', operation: 'berths.list', outcome: 'passed' };
    expect(summary(findings, { results: [...results, remembers] })).toHaveLength(3);
  });

  it('does not say so of a target that drops properties, but finds by its id what was created', () => {
    const state = { check: 'created-is-read', family: 'state', code: 'CREATED_IS_READ' } as const;
    const causes = ['property name is not what was sent', 'property flag is not what was sent'];
    const findings = causes.map((cause) => found('berths.moor', cause, state));
    const results: readonly DiagnosableResult[] = [
      { check: 'created-is-read', operation: 'berths.moor', outcome: 'failed' },
      { check: 'relation-model', operation: 'berths.moor', outcome: 'failed' },
      { check: 'unknown-refused', operation: 'berths.read', outcome: 'passed' },
    ];
    expect(summary(findings, { results })).toEqual(causes.map((cause) => `${cause} at berths.moor`));

    const stateless = ['the target keeps no state at berths.moor +1/0'];
    const unread = found('berths.read', 'status 404 instead of 200', {
      ...state,
      code: 'WRONG_STATUS',
      foundAt: 'berths.moor',
    });
    expect(summary([...findings, unread], { results })).toEqual(['the target keeps no state at berths.moor +2/0']);
    const anyId = found('berths.read', 'accepted although the path names an unknown berth', {
      ...accepted,
      check: 'unknown-refused',
    });
    expect(summary([...findings, anyId], { results })).toEqual(expect.arrayContaining(stateless));
  });

  it.each([
    ['some of its answers are right by chance', 1, 2],
    ['one kind of check passes more often', 2, 3],
  ])('counts findings of a target where %s', (_name, passed, want) => {
    const state = { check: 'created-is-read', family: 'state', code: 'CREATED_IS_READ' } as const;
    const findings = [
      found('berths.moor', 'property name is not what was sent', state),
      found('berths.moor', 'property flag is not what was sent', state),
      found('berths.list', 'content type'),
    ];
    const results = ['created-is-read', 'relation-model'].flatMap((check) =>
      Array.from({ length: 5 }, (_, index): DiagnosableResult => {
        const isRight = check === 'created-is-read' && index < passed;
        return { check, operation: `berths.${index}`, outcome: isRight ? 'passed' : 'failed' };
      }),
    );
    expect(summary(findings, { results })).toHaveLength(want);
  });

  it('does not say so of a target whose bodies do not match their schema', () => {
    const results = ['created-is-read', 'relation-model'].map(
      (check): DiagnosableResult => ({ check, operation: 'berths.moor', outcome: 'failed' }),
    );
    const findings = results.map(({ check }) =>
      found('berths.moor', `a body of ${check}`, { check, family: 'state', code: 'BODY_SCHEMA' }),
    );
    expect(summary(findings, { results })).toEqual([
      'a body of relation-model at berths.moor',
      'a body of created-is-read at berths.moor',
    ]);
  });

  it('makes one finding of many causes of a class, and keeps a few apart', () => {
    const body = (at: string) => found('berths.moor', `accepted although body /${at} violates type`, accepted);
    expect(summary([body('a'), body('b')])).toHaveLength(2);
    expect(summary([body('a'), body('b'), body('c')])).toEqual(['invalid bodies are accepted at berths.moor +3/1']);
  });

  it('lists what the client repeats under the finding that it repeats', () => {
    const findings = [found('berths.list', 'content type'), found('berths.list', 'the client differs', client)];
    expect(summary(findings)).toEqual(['content type at berths.list +1/1']);
  });

  it('lists what the client repeats under the narrowest finding, and under none about refusals', () => {
    const findings = [
      found('berths.list', 'accepted although query size violates type', { ...accepted, family: 'input' }),
      found('berths.list', 'the client differs', client),
    ];
    expect(summary(findings)).toContain('the client differs at berths.list');
    const wide = [found('berths.list', 'content type'), found('berths.moor', 'content type')];
    const narrow = found('berths.list', 'pages do not add up', { family: 'state', code: 'PAGES_ADD_UP' });
    expect(summary([...wide, narrow, ...findings])).toContain('pages do not add up at berths.list +1/1');
  });

  it('shows a cause that other checks find too as they find it, not as the client does', () => {
    const cause = 'errorCode missing instead of unknown_berth';
    const refused = { check: 'unknown-refused', code: 'ERROR_CODE' } as const;
    const findings = [
      found('berths.moor', cause, { ...client, code: 'ERROR_CODE' }),
      found('berths.moor', cause, refused),
    ];
    const [one] = diagnose(run([...findings, found('berths.moor', 'content type')])).findings;
    expect(summary([...findings, found('berths.moor', 'content type')])).toContain(`${cause} at berths.moor`);
    expect(one?.consequences).toBeUndefined();
  });

  it('does not say that a target keeps no state because its updates change nothing', () => {
    const state = { check: 'updated-is-read', family: 'state', code: 'UPDATED_IS_READ' } as const;
    const results = ['berths.moor', 'berths.leave'].map(
      (operation): DiagnosableResult => ({ check: 'updated-is-read', operation, outcome: 'failed' }),
    );
    const findings = [found('berths.moor', 'the update changes nothing', state)];
    const others = ['property name is not what was sent', 'property flag was not updated'].map((cause) =>
      found('berths.moor', cause, { ...state, check: 'created-is-read', code: 'CREATED_IS_READ' }),
    );
    expect(summary(findings, { results })).toEqual(['the update changes nothing at berths.moor']);
    expect(summary([...findings, ...others], { results })).toEqual(['the update changes nothing at berths.moor +2/1']);
  });

  it('makes one finding of properties that are kept neither when created nor when updated', () => {
    const created = { check: 'created-is-read', family: 'state', code: 'CREATED_IS_READ' } as const;
    const updated = { check: 'updated-is-read', family: 'state', code: 'UPDATED_IS_READ' } as const;
    const findings = [
      found('berths.moor', 'property flag is not what was sent', created),
      found('berths.moor', 'property crew is not what was sent', created),
      found('berths.leave', 'property flag was not updated', updated),
    ];
    expect(summary(findings)).toEqual(['properties are not kept as they were sent at berths.moor, berths.leave +3/2']);
  });

  it('keeps the fingerprint of a class when its wording changes', () => {
    const body = (at: string) => found('berths.moor', `accepted although body /${at} violates type`, accepted);
    const [one] = diagnose(run([body('a'), body('b'), body('c')])).findings;
    expect(one?.fingerprint).toBe(fingerprintOf('bodies are not validated', 'berths.moor'));
  });

  it('ranks by severity, then by reach', () => {
    const findings = [
      found('berths.list', 'a warning', { severity: 'warned' }),
      found('berths.list', 'narrow', { code: 'HEADER' }),
      found('berths.moor', 'wide'),
      found('berths.read', 'wide'),
    ];
    expect(summary(findings)).toEqual([
      'wide at berths.moor, berths.read',
      'narrow at berths.list',
      'a warning at berths.list',
    ]);
  });

  it('says which finding stands for each that was found', () => {
    const missing = found('berths.moor', 'accepted although there is no token', noToken);
    const expired = found('berths.moor', 'accepted although the token is expired', forged);
    const { findings, standsFor } = diagnose(run([missing, expired]));
    expect([missing, expired].map((one) => standsFor.get(one))).toEqual([
      findings[0]?.fingerprint,
      findings[0]?.fingerprint,
    ]);
  });
});
