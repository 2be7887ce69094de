import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import type { Report } from '../../../conformance/report/report.js';
import { createTenant, defaultContract, type SigningKey, type Tenant } from '../../../tenant/tenant.js';
import { type Attack, type AttackContext, type AttackResult, type Mode, spread, tryAll } from '../attack.js';
import { leakSearch, obeyedOf } from '../leaks.js';
import { badEnd, type Ran, runNode } from '../process.js';
import { ANSWERS } from './answers.js';
import { type Created, createdIn, unnamed } from './created.js';
import { type HostileServer, type Misdeed, startHostileServer } from './hostile-target.js';
import { TAMPERINGS } from './tampering.js';

const AT_ONCE = 2;
/** Milliseconds that a run is given, and those within which its process ends. */
const RUN_MS = 8_000;
const TIMEOUT_MS = 90_000;
/** Checks of every family, and walks by cursors, in a second or two. */
const PLAN = ['--only', 'users.roles.*', '--only', 'roles.users.list/pages-add-up', '--seed', '1'];

interface HostileMode extends Mode {
  readonly misdeed: Misdeed;
}

const PHASES = [
  ['token', 'at the token endpoint'],
  ['start', 'from the first request'],
  ['midway', 'midway'],
] as const;

/** Every answer in every phase, and every tampering: far more than 60. */
export const HOSTILE_MODES: readonly HostileMode[] = [
  ...Object.entries(ANSWERS).flatMap(([name, answer]) =>
    PHASES.map(([from, when]): HostileMode => ({ name: `${name}, ${when}`, misdeed: { from, answer } })),
  ),
  ...Object.entries(TAMPERINGS).flatMap(([name, tamper]) =>
    (['start', 'midway'] as const).map(
      (from): HostileMode => ({
        name: `${name}, ${from === 'start' ? 'always' : 'midway'}`,
        misdeed: { from, tamper },
      }),
    ),
  ),
];

export const hostileTargets: Attack = {
  name: 'targets',
  expects: 'verify: exit code 1 or 2, sound reports, no secret, leftovers named',
  size: HOSTILE_MODES.length,
  async run({ size, folder, rolecall }: AttackContext): Promise<AttackResult> {
    const contract = await defaultContract();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    // A JWK of node:crypto is a JSON object of the members that RFC 7518 names.
    const key = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256' } as SigningKey;
    return tryAll(spread(HOSTILE_MODES, size), { atOnce: AT_ONCE }, async ({ misdeed }, index) => {
      const tenant = await createTenant(contract, { key });
      const listening = await tenant.listen();
      const server = await startHostileServer(tenant, listening.url, misdeed);
      const before = await createdIn(tenant);
      const reports = join(folder, String(index));
      try {
        const github = index % 2 === 0;
        const ran = await verify(server, tenant, { rolecall, reports, github });
        const maySucceed = 'tamper' in misdeed && misdeed.tamper.keepsContract === true;
        return await problemsOf(ran, { reports, server, tenant, before, github, maySucceed });
      } finally {
        await server.close();
        await listening.close();
      }
    });
  },
};

function verify(
  { url }: HostileServer,
  tenant: Tenant,
  { rolecall, reports, github }: { readonly rolecall: string; readonly reports: string; readonly github: boolean },
): Promise<Ran> {
  return runNode({
    args: [
      rolecall,
      'verify',
      url,
      ...PLAN,
      '--timeout',
      String(RUN_MS),
      '--report',
      reports,
      '--har',
      join(reports, 'run.har.json'),
      '--sarif',
      join(reports, SARIF),
    ],
    env: {
      ROLECALL_CLIENT_ID: tenant.clientId,
      ROLECALL_CLIENT_SECRET: tenant.clientSecret,
      ROLECALL_AUDIENCE: tenant.audience,
      GITHUB_ACTIONS: String(github),
    },
    timeoutMs: TIMEOUT_MS,
  });
}

interface Ended {
  readonly reports: string;
  readonly server: HostileServer;
  readonly tenant: Tenant;
  readonly before: readonly Created[];
  /** It ran in GitHub Actions. */
  readonly github: boolean;
  /** Its target kept the contract. */
  readonly maySucceed: boolean;
}

async function problemsOf(
  ran: Ran,
  { reports, server, tenant, before, github, maySucceed }: Ended,
): Promise<readonly string[]> {
  const files = REPORTS.map((name) => {
    const file = join(reports, name);
    return [name, existsSync(file) ? readFileSync(file, 'utf8') : undefined] as const;
  });
  const outputs = [['stdout', ran.stdout], ['stderr', ran.stderr], ...files] as const;
  // Only the signature of a token is secret; what it says is in every report.
  const tokens = [...server.secrets].map((secret) => secret.slice(secret.lastIndexOf('.') + 1));
  const leakIn = leakSearch([tenant.clientSecret, ...tokens]);
  const everything = outputs.map(([, text = '']) => text).join('\n');
  return [
    ...badEnd(ran, maySucceed ? [0, 1, 2] : [1, 2]),
    ...outputs.flatMap(([name, text]) => {
      // A run that did not begin writes no SARIF: without findings it would close those of earlier runs.
      if (text === undefined && name === SARIF) return [];
      if (text === undefined) return [`expected ${name}, received none: ${ran.stderr.slice(0, 200)}`];
      const leak = leakIn(text);
      // report.json is for programs.
      const obeyed = name.endsWith('.json') ? undefined : obeyedOf(text, { github: github && name.startsWith('std') });
      return [
        ...(leak === undefined ? [] : [`expected no secret in ${name}, received ${leak}`]),
        ...(obeyed === undefined
          ? []
          : [`expected ${name} without control characters and commands, received ${obeyed}`]),
      ];
    }),
    ...reportProblems(files[0]?.[1], ran.code),
    ...xmlProblems(files[1]?.[1]),
    ...files.flatMap(([name, text]) => (name.endsWith('.json') ? jsonProblems(name, text) : [])),
    ...(await unnamed(tenant, before, everything)),
    ...server.astray.map((request) => `expected no request to another host, received ${request}`),
  ];
}

const SARIF = 'run.sarif.json';
/** Every file that a run writes. */
const REPORTS = ['report.json', 'junit.xml', 'summary.md', 'report.html', 'run.har.json', SARIF];

const VERDICTS: readonly string[] = ['conforms', 'violates', 'inconclusive'];

/** The report says the same as the exit code. */
function reportProblems(text: string | undefined, code: number | null): readonly string[] {
  if (text === undefined) return [];
  const { verdict, checks, findings, summary } = JSON.parse(text) as Report;
  const expected = VERDICTS[code ?? 2];
  return [
    ...(verdict === expected ? [] : [`expected the verdict ${expected} with exit code ${code}, received ${verdict}`]),
    ...(Array.isArray(checks) && Array.isArray(findings) && typeof summary === 'object'
      ? []
      : ['expected checks, findings and a summary in report.json']),
    ...(/\bTypeError\b|a defect|\\n\s+at /.test(text) ? ['expected no defect of verify in report.json'] : []),
  ];
}

function jsonProblems(name: string, text: string | undefined): readonly string[] {
  try {
    JSON.parse(text ?? '{}');
    return [];
  } catch (error) {
    return [`expected JSON in ${name}: ${String(error)}`];
  }
}

function xmlProblems(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const parser = new SaxesParser();
  const problems: string[] = [];
  parser.on('error', (error) => problems.push(`junit.xml: ${error.message}`));
  parser.write(text).close();
  return problems;
}
