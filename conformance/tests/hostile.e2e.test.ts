import pc from 'picocolors';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import { jsonDocument } from '../../contract/json/json-document.js';
import { defaultContract } from '../../contract/load/default.js';
import { githubLog } from '../../contract/text/github-log.js';
import { createTenant, type Listening, type Tenant } from '../../tenant/tenant.js';
import { RunError } from '../errors.js';
import { formatAnnotations } from '../report/files/annotations.js';
import { formatJunit } from '../report/files/junit.js';
import { parseReport } from '../report/files/read-report.js';
import { formatSummary } from '../report/files/summary-markdown.js';
import type { Report } from '../report/report.js';
import { formatText } from '../report/terminal/text.js';
import { CONTROLS, commandsIn, elementsOf, withoutCode } from '../report/test-support/sinks.js';
import { exitCodeOf } from '../report/verdict.js';
import { httpTarget } from '../target/http.js';
import type { Target } from '../target/target.js';
import {
  encodings,
  type Hostility,
  hostilities,
  MOST_BYTES,
  secretsIn,
  startHostileTarget,
} from '../test-support/hostile-target.js';
import { verifyTarget } from '../test-support/verify-target.js';

const TIMEOUT_MS = 1500;
/** A target that is hostile from the start does not get that far. */
const FIRST_TIMEOUT_MS = 600;
/** Time to start and stop on a machine that is busy with other tests; one that is waited for takes a minute. */
const SLACK_MS = 6000;
/** Requests that are answered properly before a target turns hostile: by then the fixtures exist. */
const GOOD_REQUESTS = 120;

const KINDS = Object.keys(hostilities) as Hostility[];

describe('a hostile target', () => {
  let contract: Contract;
  let tenant: Tenant;
  let listening: Listening;
  /** The resources of a new tenant. */
  let initial: ReadonlyMap<string, string>;
  const sent = new Set<string>();
  const forms = new Map<string, readonly string[]>();
  /** Ids in DELETE requests that got a success. */
  const confirmed = new Set<string>();

  beforeAll(async () => {
    contract = await defaultContract();
    tenant = await createTenant(contract);
    listening = await tenant.listen();
    initial = await resourcesOf(tenant);
  });

  afterEach(async () => {
    tenant.reset();
    initial = await resourcesOf(tenant);
    // The next run has other tokens.
    sent.clear();
    forms.clear();
  });

  afterAll(() => listening.close());

  it.each(KINDS)('from the start: %s: one sentence, in time', async (hostility) => {
    const hostile = await startHostileTarget({ hostility });
    const startedAt = Date.now();
    const outcome = await verify(hostile.url, FIRST_TIMEOUT_MS).catch((error: unknown) => error);
    expect(Date.now() - startedAt).toBeLessThan(TIMEOUT_MS + SLACK_MS);
    await hostile.close();
    if (outcome instanceof RunError) {
      expect(outcome.message).toMatch(/^[^\n]{20,700}$/);
      expect(leaksIn(outcome.message)).toEqual([]);
    } else {
      expect(outcome).toMatchObject({ verdict: expect.stringMatching(/^(inconclusive|violates)$/) });
      expectSoundOutputs(outcome as Report);
    }
  });

  it.each(KINDS)('midway: %s: a report, in time, that names everything left behind', async (hostility) => {
    const behind = { url: listening.url, requests: GOOD_REQUESTS };
    const hostile = await startHostileTarget({ hostility, behind, delayMs: 400 });
    const startedAt = Date.now();
    const report = await verify(hostile.url);
    expect(Date.now() - startedAt).toBeLessThan(TIMEOUT_MS + SLACK_MS);
    await hostile.close();
    expect(report.verdict).toMatch(/^(inconclusive|violates)$/);
    expect([...report.reasons, ...report.findings]).not.toEqual([]);
    expect(JSON.stringify(report)).not.toMatch(/\\n\s+at |\bTypeError\b/);
    expect(report.checks.filter(({ reason }) => reason?.includes('defect'))).toEqual([]);
    expectSoundOutputs(report);

    const left = [...(await resourcesOf(tenant))].filter(([id]) => !initial.has(id));
    // What a target confirms to have removed, while it still shows lists, is believed.
    const unnamed = left.filter(([id, text]) => !isNamed(report.leftovers, id, text) && !confirmed.has(id));
    expect(unnamed).toEqual([]);
  });

  /** What every sink makes of a report: well-formed, without secrets, commands and escapes, and with exit code 1 or 2. */
  function expectSoundOutputs(report: Report): void {
    expect([1, 2]).toContain(exitCodeOf(report.verdict));
    expect(parseReport(JSON.parse(jsonDocument(report)), 'report.json')).toEqual(report);
    expect(elementsOf(formatJunit(report)).length).toBeGreaterThan(report.checks.length);
    const logs = githubLog(formatText(report, { colors: pc.createColors(false) })) + formatAnnotations(report);
    expect(commandsIn(logs).filter((line) => !/^::(error|warning) title=/.test(line))).toEqual([]);
    for (const text of [jsonDocument(report), formatJunit(report), formatSummary(report), logs]) {
      expect(text).not.toMatch(CONTROLS);
      expect(leaksIn(text)).toEqual([]);
    }
    expect(withoutCode(formatSummary(report))).not.toMatch(/evil|<img|owned/);
  }

  /** Secrets of the run that occur in a text, in any form. */
  function leaksIn(text: string): readonly string[] {
    const lower = text.toLowerCase();
    return [...sent].filter((secret) => formsOf(secret).some((form) => lower.includes(form)));
  }

  /** Computed once for each secret: every text is searched for all of them. */
  function formsOf(secret: string): readonly string[] {
    const known = forms.get(secret) ?? encodings(secret).map((form) => form.toLowerCase());
    forms.set(secret, known);
    return known;
  }

  /** Notes every secret that is sent, and every confirmed removal. */
  function recording(target: Target): Target {
    return {
      ...target,
      send: async (request, limits) => {
        for (const secret of secretsIn(`${request.body ?? ''} ${request.headers.authorization ?? ''}`))
          sent.add(secret);
        const response = await target.send(request, limits);
        const id = decodeURIComponent(request.path.split('/').at(-1) ?? '');
        if (request.method === 'DELETE' && response.status < 300) confirmed.add(id);
        return response;
      },
    };
  }

  function verify(url: string, timeoutMs = TIMEOUT_MS): Promise<Report> {
    const credentials = { client: { id: tenant.clientId, secret: tenant.clientSecret } };
    const given = { url: new URL(url), audience: tenant.audience, credentials, mostBytes: MOST_BYTES };
    const target = recording(httpTarget(given));
    return verifyTarget(contract, target, {
      only: ['users.roles.assign/*', 'roles.create/*', 'roles.delete/*'],
      timeoutMs,
    });
  }
});

/** By id, or by the unique name where the creation got no answer. */
function isNamed(leftovers: readonly string[], id: string, text: string): boolean {
  return leftovers.some((leftover) => {
    const name = /^perhaps an? \S+ with (.+)$/.exec(leftover)?.[1];
    return name === undefined ? leftover.includes(id) : text.includes(name);
  });
}

/** All resources that a run may create: the JSON of each by its id. */
async function resourcesOf(tenant: Tenant): Promise<ReadonlyMap<string, string>> {
  const authorization = `Bearer ${await tenant.token()}`;
  const resources = new Map<string, string>();
  for (const [kind, key] of [
    ['users', 'user_id'],
    ['roles', 'id'],
    ['organizations', 'id'],
    ['client-grants', 'id'],
  ] as const) {
    const request = new Request(`${tenant.url}/api/v2/${kind}?per_page=100`, { headers: { authorization } });
    const items = (await (await tenant.fetch(request)).json()) as Record<string, string>[];
    for (const item of items) resources.set(item[key] ?? '', JSON.stringify(item));
  }
  return resources;
}
