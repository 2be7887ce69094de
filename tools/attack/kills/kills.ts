import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTenant, defaultContract, type SigningKey } from '../../../tenant/tenant.js';
import { type Attack, type AttackContext, type AttackResult, type Mode, tryAll } from '../attack.js';
import { soundContract } from '../contracts/malformed.js';
import { badEnd, hasSurvivors, type Ran, runNode, startNode } from '../process.js';
import { createdIn, unnamed } from '../verify/created.js';

const SIGNALS = ['SIGKILL', 'SIGTERM', 'SIGINT'] as const;
/** Milliseconds within which a process ends after a signal. */
const PATIENCE = 30_000;

/** A process that is killed at some moment of its work. */
interface Kill extends Mode {
  readonly signal: (typeof SIGNALS)[number];
  /** Milliseconds after its start. */
  readonly after: number;
  readonly victim: Victim;
}

/** A command, and what has to hold after it was killed. */
type Victim = (kill: Kill, place: Place) => Promise<readonly string[]>;

interface Place {
  readonly rolecall: string;
  /** An empty folder. */
  readonly folder: string;
}

export const kills: Attack = {
  name: 'kills',
  expects: 'nothing half written, no process left, leftovers named',
  size: 120,
  async run({ size, random, folder, rolecall }: AttackContext): Promise<AttackResult> {
    const victims: readonly (readonly [string, Victim, number])[] = [
      ['generate', generate, 900],
      ['tenant', tenant, 900],
      ['verify', verify, 3_000],
    ];
    const entries = Array.from({ length: size }, (_, index): Kill => {
      const [name, victim, longest] = victims[index % victims.length] ?? ['generate', generate, 900];
      const signal = SIGNALS[Math.floor(index / victims.length) % SIGNALS.length] ?? 'SIGKILL';
      const after = 20 + random(longest);
      return { name: `${name}, ${signal} after ${after} ms`, signal, after, victim };
    });
    return tryAll(entries, { atOnce: 2 }, async (kill, index) => {
      const place = join(folder, String(index));
      await mkdir(place);
      const problems = await kill.victim(kill, { rolecall, folder: place });
      await rm(place, { recursive: true });
      return problems;
    });
  },
};

interface Killed {
  readonly ran: Ran;
  readonly problems: readonly string[];
}

/** Starts a command, kills it, and waits for its end and that of its children. */
async function killed({ signal, after }: Kill, options: Parameters<typeof startNode>[0]): Promise<Killed> {
  const { child, ended } = startNode(options);
  const timer = setTimeout(() => child.kill(signal), after);
  const late = setTimeout(() => child.kill('SIGKILL'), after + PATIENCE);
  const start = performance.now();
  const result = await ended;
  clearTimeout(timer);
  clearTimeout(late);
  const hung = performance.now() - start > after + PATIENCE;
  await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    ran: { ...result, hung },
    problems: [
      ...(hung ? [`expected an end within ${PATIENCE / 1000} s after ${signal}`] : []),
      ...(hasSurvivors(child) ? ['expected that no process is left'] : []),
    ],
  };
}

/** Every file is the old one or the new one, and the next run brings all of them up to date. */
async function generate(kill: Kill, { rolecall, folder }: Place): Promise<readonly string[]> {
  const args = [rolecall, 'generate', '--spec', 'contract.json', '--out', 'out'];
  const spec = join(folder, 'contract.json');
  const generated = async (text: string): Promise<ReadonlyMap<string, string>> => {
    await writeFile(spec, text);
    await runNode({ args, cwd: folder, timeoutMs: PATIENCE });
    return filesIn(join(folder, 'out'));
  };
  const changed = soundContract.replaceAll('A shelf.', 'Another shelf.').replaceAll('showShelf', 'seeShelf');
  const wanted = await generated(changed);
  await rm(join(folder, 'out'), { recursive: true });
  const old = await generated(soundContract);
  await writeFile(spec, changed);
  const { problems } = await killed(kill, { args, cwd: folder });
  const now = await filesIn(join(folder, 'out'));
  const half = [...now].filter(([name, text]) => text !== old.get(name) && text !== wanted.get(name) && !isOwn(name));
  const again = await runNode({ args, cwd: folder, timeoutMs: PATIENCE });
  const after = await filesIn(join(folder, 'out'));
  const stale = [...new Set([...wanted.keys(), ...after.keys()])].filter(
    (name) => wanted.get(name) !== after.get(name),
  );
  return [
    ...problems,
    ...half.map(([name]) => `expected ${name} as before or as after, received half of it`),
    ...badEnd(again, [0]),
    ...stale.map((name) => `expected that the next run mends ${name}`),
  ];
}

/** Files in a folder that the next run removes. */
const isOwn = (name: string): boolean => name.startsWith('.rolecall');

/** What it keeps is whole: the next one starts with it, and the same authority. */
async function tenant(kill: Kill, { rolecall, folder }: Place): Promise<readonly string[]> {
  const options = { args: [rolecall, 'tenant', '--json', '--quiet', '--tls'], env: { ROLECALL_HOME: folder } };
  const { ran, problems } = await killed(kill, options);
  const next = startNode(options);
  const listens = new Promise<boolean>((resolve) => {
    next.child.stdout?.on('data', () => resolve(true));
    void next.ended.then(() => resolve(false));
  });
  const works = await listens;
  next.child.kill('SIGTERM');
  const { code, stderr } = await next.ended;
  return [
    ...problems,
    ...(kill.signal === 'SIGKILL' || ran.code === 0 || ran.stdout === ''
      ? []
      : [`expected exit code 0, received ${ran.code}`]),
    ...(works && code === 0 ? [] : [`expected that the next one starts, received ${code} ${stderr.slice(0, 300)}`]),
  ];
}

/** Reports are whole or not there; after a signal that a process can catch, what is left is named. */
async function verify(kill: Kill, { rolecall, folder }: Place): Promise<readonly string[]> {
  const sound = await createTenant(await defaultContract(), { key: ownKey() });
  const listening = await sound.listen();
  const before = await createdIn(sound);
  const { ran, problems } = await killed(kill, {
    args: [rolecall, 'verify', listening.url, '--only', 'users.roles.*', '--report', join(folder, 'reports')],
    env: {
      ROLECALL_CLIENT_ID: sound.clientId,
      ROLECALL_CLIENT_SECRET: sound.clientSecret,
      ROLECALL_AUDIENCE: sound.audience,
    },
  });
  await listening.close();
  const reports = await filesIn(join(folder, 'reports')).catch(() => new Map<string, string>());
  const named = `${ran.stdout}${ran.stderr}${[...reports.values()].join('')}`;
  return [
    ...problems,
    ...[...reports]
      .filter(([name, text]) => !isWhole(name, text))
      .map(([name]) => `expected all of ${name} or nothing`),
    ...(kill.signal === 'SIGKILL' ? [] : await unnamed(sound, before, named)),
  ];
}

let signingKey: SigningKey | undefined;

/** One for all tenants. */
function ownKey(): SigningKey {
  // A JWK of node:crypto is a JSON object of the members that RFC 7518 names.
  signingKey ??= {
    ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
    alg: 'RS256',
  } as SigningKey;
  return signingKey;
}

function isWhole(name: string, text: string): boolean {
  if (name.endsWith('.xml')) return text.trimEnd().endsWith('</testsuites>');
  if (!name.endsWith('.json')) return name.includes('.tmp') || text !== '';
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The texts of all files below a folder, by relative path. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, 'utf8')] as const),
    ),
  );
}
