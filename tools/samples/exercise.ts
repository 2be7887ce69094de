import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Contract, Operation } from '../../contract/contract.js';
import type { OperationSamples } from '../../generator/emit/samples/samples-of.js';
import type { Tenant } from '../../tenant/tenant.js';
import { installed, NotAvailable } from '../sdks/install.js';
import { run } from '../sdks/run.js';
import { effectFlaw, stateAfter, stateOf } from './effect.js';
import { type ExpectedRequest, expectedRequest, flawsOf } from './expected-request.js';
import { filled } from './fill.js';
import type { Recorder } from './recorder.js';
import { stateBefore } from './state.js';
import type { Place, Runnable, Toolchain } from './toolchain.js';

/** What came of one sample. */
export interface SampleResult {
  readonly language: string;
  readonly operation: string;
  /** Compiled: it can be compiled here, but not run. */
  readonly kind: 'worked' | 'wrong' | 'compiled' | 'omitted';
  /** What was wrong, or why it was not run. */
  readonly reason: string;
}

/** Where and how samples are run. */
export interface Stage {
  readonly contract: Contract;
  readonly createTenant: typeof import('../../tenant/tenant.js').createTenant;
  readonly recorder: Recorder;
  /** Variables of the certificate for each kind of client. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The generated client, as JavaScript. */
  readonly client: string;
}

interface Trial extends Runnable {
  readonly operation: Operation;
  readonly tenant: Tenant;
  readonly token: string;
  readonly expected: ExpectedRequest;
  /** The result of a sample that is only compiled. */
  readonly unable?: SampleResult;
}

/**
 * Runs the samples of one language, each against a tenant with the state that the examples name.
 *
 * @returns a result for each operation
 * @throws NotAvailable if the toolchain is missing
 */
export async function exercise(
  toolchain: Toolchain,
  samples: ReadonlyMap<Operation, OperationSamples>,
  stage: Stage,
): Promise<readonly SampleResult[]> {
  const packages = await packagesOf(toolchain);
  const work = await mkdtemp(join(packages ?? tmpdir(), 'samples-'));
  const place: Place = { packages: packages ?? '', client: stage.client };
  try {
    const { trials, omitted } = await prepared(toolchain, samples, stage);
    await build(toolchain, trials, { place, work, stage });
    const results = [...omitted];
    for (const trial of trials)
      results.push(trial.unable ?? (await resultOf(toolchain, trial, { place, work, stage })));
    return results;
  } finally {
    await rm(work, { recursive: true });
  }
}

async function packagesOf({ needs, hint, packages }: Toolchain): Promise<string | undefined> {
  for (const command of needs) {
    if ((await run(command, tmpdir())).code !== 0) throw new NotAvailable(`${command[0]} is not installed: ${hint}`);
  }
  return packages && (await installed({ ...packages, toolchain: [] }));
}

/** The samples with values, and those that the language does not have. */
async function prepared(
  { language, unable }: Toolchain,
  samples: ReadonlyMap<Operation, OperationSamples>,
  { contract, createTenant, recorder }: Stage,
): Promise<{ readonly trials: readonly Trial[]; readonly omitted: readonly SampleResult[] }> {
  const trials: Trial[] = [];
  const omitted: SampleResult[] = [];
  const { host } = new URL(recorder.url);
  const tenants = new Map<string, Tenant>();
  for (const [operation, { samples: all, placeholders }] of samples) {
    const sample = all.find((one) => one.language === language);
    if (sample === undefined) continue;
    const result = { language, operation: operation.id };
    if (sample.omitted !== undefined) {
      omitted.push({ ...result, kind: 'omitted', reason: sample.omitted });
      continue;
    }
    const reason = unable?.[operation.method];
    const state = stateBefore(contract, operation, `${recorder.url}${contract.serverPath}/`);
    const text = JSON.stringify(state);
    const tenant = await (tenants.get(text) ?? createTenant(contract, { seed: 1, state, baseUrl: recorder.url }));
    tenants.set(text, tenant);
    const token = await tenant.token();
    // The contract has an example for each value but the token, and another host.
    const values = Object.fromEntries(
      placeholders.flatMap(({ name, example }): [string, string][] => {
        if (example === '') return [[name, token]];
        return name === 'YOUR_DOMAIN' ? [[name, host]] : [];
      }),
    );
    trials.push({
      index: trials.length,
      operation,
      tenant,
      token,
      code: filled(sample, placeholders, values),
      expected: expectedRequest(contract, operation, host),
      ...(reason !== undefined && { unable: { ...result, kind: 'compiled', reason } }),
    });
  }
  return { trials, omitted };
}

interface Work {
  readonly place: Place;
  /** The folder of the files. */
  readonly work: string;
  readonly stage: Stage;
}

/** @throws Error with what the compiler says */
async function build(toolchain: Toolchain, trials: readonly Trial[], { place, work, stage }: Work): Promise<void> {
  for (const { path, text } of toolchain.files(trials, place)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), text);
  }
  for (const command of toolchain.build?.(trials, place) ?? []) {
    const { code, output } = await run(command, work, { ...process.env, ...stage.environment });
    if (code !== 0) throw new Error(`the samples in ${toolchain.language} do not compile: ${output}`);
  }
}

async function resultOf(toolchain: Toolchain, trial: Trial, { place, work, stage }: Work): Promise<SampleResult> {
  const { operation, tenant, token, expected } = trial;
  const isRead = operation.method === 'GET';
  const wanted = isRead ? '' : await stateAfter(tenant, token, expected);
  tenant.reset();
  stage.recorder.use(tenant, token);
  const environment = { ...process.env, ...stage.environment };
  const { code, output } = await run(toolchain.command(trial, place), work, environment);
  const statuses = operation.responses.map(({ status }) => status);
  const flaws = flawsOf(expected, stage.recorder.received(), statuses);
  const ending = code === 0 ? '' : `ended with ${code}: ${output.trim().slice(0, 2000)}`;
  const effect = effectFlaw(wanted, isRead ? '' : await stateOf(tenant));
  const reason = [flaws, effect, ending].filter((text) => text !== '').join('; ');
  return { language: toolchain.language, operation: operation.id, kind: reason === '' ? 'worked' : 'wrong', reason };
}
