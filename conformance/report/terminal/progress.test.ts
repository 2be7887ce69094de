import { expect, it } from 'vitest';
import type { RunEvent } from '../../engine/event.js';
import type { PlannedCheck } from '../../engine/plan/plan.js';
import { Progress } from './progress.js';

// What progress looks at of a planned check.
const planned = { operation: { id: 'berths.moor' }, check: { id: 'afloat' }, requests: 10 } as PlannedCheck;
// And of events.
const events = [
  { kind: 'planned', plan: { checks: [planned, planned] } },
  { kind: 'started', planned },
  { kind: 'requested', purpose: 'check' },
  { kind: 'found', finding: { fingerprint: 'one', severity: 'failed' } },
  { kind: 'found', finding: { fingerprint: 'one', severity: 'failed' } },
  { kind: 'finished', result: { planned } },
  { kind: 'started', planned },
] as unknown as readonly RunEvent[];

function shown(isTTY: boolean, columns: number): readonly string[] {
  const written: string[] = [];
  let time = 0;
  const progress = new Progress({ isTTY, columns, write: (text) => written.push(text) }, () => time);
  for (const event of events) {
    time += 6000;
    progress.take(event);
  }
  progress.end();
  return written;
}

it('is one live line on a terminal, cut to its width, and leaves nothing', () => {
  const lines = shown(true, 30);
  expect(lines.every((line) => line.startsWith('\r\u001b[2K'))).toBe(true);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(29 + '\r\u001b[2K'.length);
  expect(lines.at(-1)).toBe('\r\u001b[2K');
});

it('is plain lines elsewhere: what is done, requests, findings, time left', () => {
  expect(shown(false, 80)).toEqual([
    '0/2 berths.moor/afloat · 0 requests\n',
    '0/2 berths.moor/afloat · 1 request\n',
    '1/2 berths.moor/afloat · 1 request · 1 finding · 42 s left\n',
  ]);
});

it('names the check that sent the last request, not the one that started last', () => {
  const written: string[] = [];
  let time = 0;
  const progress = new Progress({ isTTY: false, columns: 80, write: (text) => written.push(text) }, () => time);
  const other = { operation: { id: 'berths.list' }, check: { id: 'pages' }, requests: 10 } as PlannedCheck;
  const take = (...more: unknown[]) => {
    for (const event of more as RunEvent[]) {
      time += 6000;
      progress.take(event);
    }
  };
  take(
    { kind: 'planned', plan: { checks: [planned, other] } },
    { kind: 'started', planned },
    { kind: 'started', planned: other },
    { kind: 'requested', purpose: 'check', planned },
    { kind: 'unanswered', purpose: 'fixture', planned: other },
    { kind: 'finished', result: { planned: other } },
    { kind: 'waiting', milliseconds: 2000 },
    { kind: 'requested', purpose: 'check', planned },
    { kind: 'requested', purpose: 'cleanup' },
  );
  expect(written.map((line) => line.split(' · ')[0])).toEqual([
    '0/2 berths.moor/afloat',
    '0/2 berths.moor/afloat',
    '0/2 berths.moor/afloat',
    '0/2 berths.list/pages',
    '1/2 waiting 2 s for the rate limit',
    '1/2 berths.moor/afloat',
    '1/2 cleaning up',
  ]);
});

it('says so before there is a plan', () => {
  const written: string[] = [];
  let time = 0;
  const progress = new Progress({ isTTY: false, columns: 80, write: (text) => written.push(text) }, () => time);
  time += 6000;
  progress.take({ kind: 'requested', purpose: 'token' } as RunEvent);
  expect(written).toEqual(['trying the target · 1 request\n']);
});

it('counts no observations as findings, as the report does', () => {
  const written: string[] = [];
  let time = 0;
  const progress = new Progress({ isTTY: false, columns: 80, write: (text) => written.push(text) }, () => time);
  for (const severity of ['observed', 'warned']) {
    time += 6000;
    progress.take({ kind: 'found', finding: { fingerprint: severity, severity } } as unknown as RunEvent);
    progress.take({ kind: 'started', planned });
  }
  progress.take({ kind: 'planned', plan: { checks: [planned] } } as unknown as RunEvent);
  time += 6000;
  progress.take({ kind: 'started', planned });
  expect(written.at(-1)).toBe('0/1 berths.moor/afloat · 0 requests · 1 finding\n');
});
