import type { VerifyEvent, VerifyOptions, VerifySignals } from './conformance/verify.js';
import type { Contract } from './contract/contract.js';
import type { LoadedContract, LoadOptions } from './contract/load/load.js';
import type { DiffResult } from './diff/report/report.js';
import type { GenerateOptions, GenerateResult } from './generator/generate.js';
import type { ReplayOptions } from './replay/replay-files.js';
import type { ReplayReport } from './replay/report/replay-report.js';

/**
 * The public API of Rolecall. Each function loads what it needs when it is called, so that importing this module costs
 * next to nothing. Type definitions and error classes are complete here; the embedded tenant is `rolecall/tenant`, the
 * client `rolecall/client`, the vitest suite `rolecall/vitest`.
 */

export type { RolecallConfig } from './conformance/config-file.js';
// biome-ignore lint/performance/noBarrelFile: the package root, where users expect every error class and type
export { RunError } from './conformance/errors.js';
export type {
  Finding,
  Report,
  ReportedCheck,
  ReportedFinding,
  RunEvent,
  Verdict,
  VerifyEvent,
  VerifyOptions,
  VerifySignals,
} from './conformance/verify.js';
export type * from './contract/contract.js';
export { ContractError, type ContractProblem, type ErrorCode, RolecallError, SettingError } from './contract/errors.js';
export type { LoadedContract, LoadOptions } from './contract/load/load.js';
export type { DiffResult } from './diff/report/report.js';
export { GeneratorError } from './generator/errors.js';
export type { Drift, GenerateOptions, GenerateResult } from './generator/generate.js';
export { ReplayError } from './replay/errors.js';
export type { ReplayOptions } from './replay/replay-files.js';
export type { ReplayReport } from './replay/report/replay-report.js';
export { StateError, type StateProblem, TenantError } from './tenant/errors.js';

/**
 * Loads a contract from its root document: YAML or JSON, one file or many, OpenAPI 3.0, 3.1 or 3.2, or Swagger 2.0.
 *
 * @param file - the root document; `spec/openapi.yaml` of the working directory, else the packaged contract, unless given
 * @throws ContractError with every problem of the document
 */
export async function loadContract(file?: string, options: LoadOptions = {}): Promise<LoadedContract> {
  const [{ loadContract }, { defaultSpec }] = await Promise.all([
    import('./contract/load/load.js'),
    import('./contract/load/default.js'),
  ]);
  return loadContract(file ?? defaultSpec(), options);
}

/**
 * What `rolecall generate` does: writes types, client, operations table and reference.
 *
 * @returns the files that differed, written unless `check`
 * @throws ContractError where the contract is invalid, GeneratorError where the output cannot be generated or written
 */
export async function generate(options: GenerateOptions = {}): Promise<GenerateResult> {
  const { generate } = await import('./generator/generate.js');
  return generate(options);
}

/** What `rolecall diff` reports: what the change from one contract to the other means for callers. */
export async function diff(before: Contract, after: Contract): Promise<DiffResult> {
  const [{ diffContracts }, { resultOf }] = await Promise.all([
    import('./diff/diff-contracts.js'),
    import('./diff/report/report.js'),
  ]);
  return resultOf(diffContracts(before, after));
}

/**
 * What `rolecall replay` reports: whether recorded traffic conforms to the contract, and whether a target answers as the
 * recorded service did.
 *
 * @throws ReplayError where a recording or the target fails, RunError on invalid options, ContractError
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const { replayFiles } = await import('./replay/replay-files.js');
  return replayFiles(options);
}

/**
 * `rolecall verify` as a function: checks a server, or an embedded tenant without `target`, against the contract. The
 * last event is `reported`, with the report. Leaving the loop early stops the run and removes what it created. Exchanges
 * and findings in events hold secrets as sent and received; the report holds none.
 *
 * @throws RunError on invalid options, and where the run cannot begin
 * @throws ContractError where the contract cannot be read
 */
export async function* verify(
  options: VerifyOptions = {},
  signals: VerifySignals = {},
): AsyncGenerator<VerifyEvent, void, void> {
  const { verify } = await import('./conformance/verify.js');
  yield* verify(options, signals);
}
