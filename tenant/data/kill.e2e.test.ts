import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { SHORT_RUN } from '../../test-support/cli.js';

/** How often the tenant is killed: `npm run test:data` does it 50 times. */
const KILLS = Number(process.env.ROLECALL_KILLS ?? 3);

/** Who is in an organization: all in one request. */
const MEMBERS = 10;
const CLIENTS = 6;

interface Running {
  readonly child: ChildProcess;
  readonly send: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-kill-'));
});

afterAll(() => rm(folder, { recursive: true }));

test(`after ${KILLS} kills at random moments, no acknowledged write is lost and none is half there`, {
  timeout: KILLS * 20_000,
}, async () => {
  let running = await startTenant();
  const users: string[] = [];
  for (let index = 0; index < MEMBERS; index += 1) {
    const user = { connection: 'Username-Password-Authentication', email: `${index}@x.example`, password: 'Passw0rd!' };
    users.push(String(field(await running.send('POST', '/users', user), 'user_id')));
  }
  const all: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const acknowledged = await writeUntilKilled(running, kill, users);
    all.push(...acknowledged.map(({ id }) => id));
    running = await startTenant();
    const found = await organizations(running);
    expect(all.filter((id) => !found.has(id))).toEqual([]);
    const whole = new Map(acknowledged.map(({ id, hasMembers }) => [id, hasMembers]));
    for (const [id, name] of found) {
      if (!name.startsWith(`round-${kill}-`)) continue;
      const members = await running.send('GET', `/organizations/${id}/members`);
      const expected = whole.get(id) === true ? [MEMBERS] : [0, MEMBERS];
      expect(expected).toContain((members as readonly unknown[]).length);
    }
  }
  expect(all.length).toBeGreaterThan(KILLS);
  process.stdout.write(`${all.length} acknowledged organizations after ${KILLS} kills\n`);
  await killed(running.child);
});

interface Acknowledged {
  readonly id: string;
  hasMembers: boolean;
}

async function writeUntilKilled(running: Running, round: number, users: readonly string[]): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  const write = async (client: number): Promise<void> => {
    for (let index = 0; ; index += 1) {
      const created = await running.send('POST', '/organizations', { name: `round-${round}-${client}-${index}` });
      const entry = { id: String(field(created, 'id')), hasMembers: false };
      acknowledged.push(entry);
      await running.send('POST', `/organizations/${entry.id}/members`, { members: users });
      entry.hasMembers = true;
    }
  };
  // Each ends with the failure of a request: the tenant is gone.
  const clients = Array.from({ length: CLIENTS }, (_, client) => write(client).catch(() => undefined));
  await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 300));
  await killed(running.child);
  await Promise.all(clients);
  return acknowledged;
}

async function organizations({ send }: Running): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let from = ''; ; ) {
    const page = await send('GET', `/organizations?take=100${from}`);
    for (const each of field(page, 'organizations') as readonly unknown[])
      found.set(String(field(each, 'id')), String(field(each, 'name')));
    const next = field(page, 'next');
    if (next === undefined) return found;
    from = `&from=${encodeURIComponent(String(next))}`;
  }
}

async function startTenant(): Promise<Running> {
  const program = join(inject('builtPackage'), 'dist', 'rolecall.js');
  const child = spawn(process.execPath, [...SHORT_RUN, program, 'tenant', '--data', folder, '--json', '--quiet'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the tenant ended with ${code}`)));
  });
  const { audience, url, clientId, clientSecret } = JSON.parse(line);
  const credentials = { client_id: clientId, client_secret: clientSecret, audience, grant_type: 'client_credentials' };
  const token = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(credentials) });
  const authorization = `Bearer ${field(await token.json(), 'access_token')}`;
  return {
    child,
    send: async (method, path, body) => {
      const answer = await fetch(`${url}/api/v2${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
  };
}

async function killed(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

function field(value: unknown, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name];
}
