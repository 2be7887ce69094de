import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
// Any server that conforms to the contract would do.
import { createTenant, type Listening, type Tenant } from '../../tenant/tenant.js';
import type { JournalHeader } from '../journal/entry.js';
import { journalPath } from '../journal/state-folder.js';
import { thisProcess } from '../journal/this-process.js';
import { HEADER } from '../test-support/memory-sink.js';
import { type RawSweepOptions, runSweep, type SweepIo } from './run-sweep.js';

describe('rolecall sweep', () => {
  let tenant: Tenant;
  let listening: Listening;
  let folder = '';
  beforeAll(async () => {
    tenant = await createTenant(await defaultContract(), { seed: 1 });
    listening = await tenant.listen();
  });
  afterAll(() => listening.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rolecall-sweep-'));
    return () => rm(folder, { recursive: true });
  });

  /** Sweeps, and returns the exit code or the error's code, with everything that was printed. */
  async function sweep(subject: string, raw: RawSweepOptions = {}): Promise<readonly [unknown, string]> {
    const out: string[] = [];
    const stream = { write: (text: string) => out.push(text) };
    const io = {
      ...{ cwd: () => folder, stdout: stream, stderr: stream, stdin: { isTTY: false } },
      env: {
        ROLECALL_STATE: folder,
        ROLECALL_CLIENT_ID: tenant.clientId,
        ROLECALL_CLIENT_SECRET: tenant.clientSecret,
      },
      once: () => io,
      off: () => io,
    };
    // All that runSweep uses of a process.
    const swept = runSweep(subject, raw, io as unknown as SweepIo);
    const code = await swept.catch((error: { readonly code: string; readonly message: string }) => {
      out.push(error.message);
      return error.code;
    });
    return [code, out.join('')];
  }

  async function journal(header: Partial<JournalHeader>, ...entries: readonly object[]): Promise<string> {
    const path = join(folder, 'run.jsonl');
    const lines = [{ ...HEADER, target: listening.url, audience: tenant.audience, ...header }, ...entries];
    await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return path;
  }

  const ROLE = [
    { kind: 'creating', n: 1, at: HEADER.startedAt, resource: 'role', text: 'Pilot (rc000000000-0001)' },
    { kind: 'created', n: 1, id: 'rol_AAAAAAAAAAAAAAAA' },
  ];

  it('sends no credentials to the server that a journal names, unless the user says that it is theirs', async () => {
    const elsewhere = await journal({ target: 'https://travel0.invalid' }, ...ROLE);
    const [code, text] = await sweep(elsewhere);
    expect(code).toBe('NOT_YOUR_TENANT');
    expect(text).toBe(
      '"https://travel0.invalid" is not on this machine: sweep removes resources there. Pass this once, if it is yours: --i-own-this-tenant travel0.invalid',
    );
    expect(await sweep(elsewhere, { iOwnThisTenant: 'travel0.invalid' })).toMatchObject(['TARGET_UNREACHABLE', {}]);
  });

  it('asks each time for a target that the configuration marks as production', async () => {
    await writeFile(join(folder, 'rolecall.config.json'), '{"verify": {"production": true}}');
    await writeFile(join(folder, 'tenants.json'), '{"tenants": ["https://travel0.invalid"]}');
    const [code, text] = await sweep(await journal({ target: 'https://travel0.invalid' }, ...ROLE));
    expect([code, text]).toEqual(['NOT_YOUR_TENANT', expect.stringContaining('pass this each time')]);
  });

  it('names a resource that the contract does not have', async () => {
    const [creating, created] = ROLE;
    const path = await journal({}, { ...creating, resource: 'starship' }, { ...created });
    expect(await sweep(path)).toEqual([
      'JOURNAL_UNREADABLE',
      `"${path}" lists a "starship", which the contract does not have; pass the contract of the run with --spec. Nothing was removed.`,
    ]);
  });

  it('has nothing to do where a run was killed before its journal had a line', async () => {
    const path = join(folder, 'run.jsonl');
    await writeFile(path, '{"kind":"run","vers');
    expect(await sweep(path)).toEqual([0, '0 removed, nothing is left\n']);
  });

  it('says that a run is still going, whose resources it leaves alone', async () => {
    const going = { ...HEADER, target: listening.url, process: thisProcess() };
    const path = journalPath(folder, new URL(listening.url), HEADER.mark);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, [going, ...ROLE].map((line) => `${JSON.stringify(line)}\n`).join(''));
    const [code, text] = await sweep(listening.url, { yes: true });
    expect(code).toBe(0);
    expect(text).toContain(`A run is still going (process ${process.pid}): what it created is left to it.\n`);
  });
});
