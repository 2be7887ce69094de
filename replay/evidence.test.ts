import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { responseFor } from '../conformance/lookup/response-for.js';
import type { Contract, Json } from '../contract/contract.js';
import { defaultContract } from '../contract/load/default.js';
import { packageRoot } from '../contract/load/package-root.js';
import { isObject } from '../contract/pointer.js';
import { bodyOf } from './read/message.js';
import { readRecordings } from './read/read-recordings.js';
import type { RecordedExchange, Recording } from './recorded/recording.js';
import { type ReplayContract, replayContract } from './recorded/replay-contract.js';
import { readStep } from './recorded/step.js';
import { replay } from './replay.js';

/** Recordings and errors of the real service, outside the repository. */
const EVIDENCE = join(packageRoot(), '../shared/evidence');
const isThere = existsSync(join(EVIDENCE, 'recordings'));
if (!isThere) console.log('skipped: no recordings of the real service at ../shared/evidence');

describe.skipIf(!isThere)('the recordings of the real service', () => {
  let contract: Contract;
  let known: ReplayContract;
  let recordings: readonly Recording[];
  /** Those of 2021 to 2025. */
  let earlier: readonly Recording[];

  beforeAll(async () => {
    contract = await defaultContract();
    known = replayContract(contract);
    const files = readdirSync(EVIDENCE, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.startsWith('recordings') && file.endsWith('.json'))
      .sort();
    const read = await Promise.all(files.map((file) => readRecordings(join(EVIDENCE, file))));
    recordings = read.flat();
    earlier = read.filter((_, index) => files[index]?.startsWith('recordings-2026') === false).flat();
  });

  it('conform to the contract and match the tenant', async () => {
    const { total, recordings: reports } = await replay({ contract, recordings: earlier });
    expect(reports.flatMap(({ recording, mismatches }) => mismatches.map((each) => ({ recording, ...each })))).toEqual(
      [],
    );
    expect(total.inContract).toBeGreaterThan(300);
    expect(total).toMatchObject({ conform: total.inContract, matched: total.inContract, assumed: 0 });
  });

  it('of 2026 conform and match the tenant as far as they are in the contract', async () => {
    const { total, recordings: reports } = await replay({
      contract,
      recordings: recordings.filter((each) => !earlier.includes(each)),
    });
    expect(reports.flatMap(({ recording, mismatches }) => mismatches.map((each) => ({ recording, ...each })))).toEqual(
      [],
    );
    expect(total.inContract / total.exchanges).toBeGreaterThan(0.95);
    expect(total).toMatchObject({ conform: total.inContract, matched: total.inContract, assumed: 0 });
  });

  it('are as many of each answer as the contract states (`seen`)', () => {
    const counts = new Map<string, number>();
    for (const { exchanges } of recordings) {
      for (const { request, response } of exchanges) {
        const operation = known.routes.match(request.method, request.path)?.operation;
        const key = `${operation?.id} ${response.status}`;
        if (operation !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    const stated = contract.operations.flatMap(({ id, responses }) =>
      responses.flatMap(({ status, evidence }) =>
        evidence.seen === undefined ? [] : [[`${id} ${status}`, evidence.seen] as const],
      ),
    );
    expect(Object.fromEntries(stated)).toEqual(Object.fromEntries(counts));
  });
});

interface MinedError {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: Json;
  readonly request: Json;
  readonly source: string;
}

/** The properties of the entries of the file. */
const errors: readonly MinedError[] = existsSync(join(EVIDENCE, 'errors.json'))
  ? (JSON.parse(readFileSync(join(EVIDENCE, 'errors.json'), 'utf8')) as readonly MinedError[])
  : [];

describe.skipIf(errors.length === 0)('the errors of the real service', () => {
  it('are documented problems, or skipped with a reason', async () => {
    const known = replayContract(await defaultContract());
    const verdicts = errors.map((error) => ({ error, ...verdictOn(known, error) }));
    const skipped = verdicts.flatMap(({ error, skipped: reason }) =>
      reason === undefined
        ? []
        : [`skipped: ${error.method} ${error.path} ${error.status} (${error.source}): ${reason}`],
    );
    if (skipped.length > 0) console.log(skipped.join('\n'));
    const missing = verdicts.filter(({ missing }) => missing !== undefined);
    expect(missing.map(({ error, missing: what }) => `${error.method} ${error.path} ${error.status}: ${what}`)).toEqual(
      [],
    );
    const inContract = verdicts.filter(({ outside }) => outside !== true);
    expect(inContract.length).toBeGreaterThan(20);
    expect(inContract.filter(({ problem }) => problem !== undefined).length).toBeGreaterThan(15);
  });
});

interface Verdict {
  /** The contract does not have its path. */
  readonly outside?: true;
  /** The matching problem. */
  readonly problem?: string;
  readonly skipped?: string;
  /** What the contract lacks for it. */
  readonly missing?: string;
}

function verdictOn(known: ReplayContract, error: MinedError): Verdict {
  const exchange = exchangeOf(error);
  const step = readStep(known, exchange);
  if (step.match === undefined) return { outside: true };
  const { operation } = step.match;
  const grant = isObject(exchange.request.body) ? exchange.request.body.grant_type : undefined;
  const isOtherGrant = typeof grant === 'string' && !accepts(known, operation.id, exchange);
  if (isOtherGrant) return { skipped: `another grant type, ${grant}` };
  if (step.undeclared.length > 0)
    return { skipped: `the request is outside the contract (${step.undeclared.join(', ')})` };
  const documented = responseFor(operation, error.status);
  if (documented === undefined) return { missing: 'the status is not documented' };
  if (known.refusals.isStripped(step.answer, exchange.response.body)) {
    return {
      skipped: `the body was cut when it was recorded; the status is documented as ${documented.problems.map(({ name }) => name).join(', ')}`,
    };
  }
  const [problem] = step.problems;
  if (problem === undefined) return { missing: `no problem of it says ${JSON.stringify(error.body)}` };
  return { problem: problem.name };
}

/** Whether the contract accepts the body of the request. */
function accepts(known: ReplayContract, id: string, { request }: RecordedExchange): boolean {
  const operation = known.contract.operations.find((each) => each.id === id);
  const media = operation?.requestBody?.content[0];
  return (
    media === undefined || request.body === undefined || known.validateSent(media.schema, request.body).length === 0
  );
}

/** The file contains placeholders for ids and some bodies as text. */
function exchangeOf({ method, path, status, body, request }: MinedError): RecordedExchange {
  const form =
    typeof request === 'string' && !request.startsWith('{') ? 'application/x-www-form-urlencoded' : undefined;
  const sent = typeof request === 'string' ? bodyOf(request, form) : (request ?? undefined);
  const answered = typeof body === 'string' ? bodyOf(body, undefined) : body;
  return {
    index: 0,
    request: { method, path, query: '', ...(sent === undefined ? {} : { body: sent }) },
    response: { status, ...(answered === undefined ? {} : { body: answered }) },
  };
}

// Printed so that a run without recordings does not look like a pass.
if (isThere) console.log(`evidence: ${relative(packageRoot(), EVIDENCE)}`);
