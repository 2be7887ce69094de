import { hideCredentials } from '../conformance/redaction/hide-credentials.js';
import { Redactor } from '../conformance/redaction/redact.js';
import { contractFor } from '../conformance/target/contract-for.js';
import { assertOwned } from '../conformance/target/ownership.js';
import { openTarget } from '../conformance/verify.js';
import { checkWithContract, type ResolvedOptions, readOptions } from '../conformance/verify-options.js';
import type { Contract, Json } from '../contract/contract.js';
import { selectedContract } from '../contract/load/default.js';
import { formOf } from './read/message.js';
import { recordingsOf } from './read/recordings-of.js';
import type { Recording } from './recorded/recording.js';
import { type Replay, replay } from './replay.js';
import type { ReplayReport } from './report/replay-report.js';

/** The options of `replay`. */
export interface ReplayOptions {
  /** Files in one of the formats that `rolecall help replay` lists, or folders of them. */
  readonly recordings: readonly string[];
  /** Default: the contract of the working directory, or the packaged one. */
  readonly contract?: Contract;
  /** The root URL of the target. Default: an embedded tenant, new for each recording. */
  readonly target?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly token?: string;
  /** The audience of tokens. Default: the target with the server's path and a slash. */
  readonly audience?: string;
  /** The name of the tenant, which says that it is yours: required once for each target that is not on this machine. */
  readonly iOwnThisTenant?: string;
  /** The tenant is in production: `iOwnThisTenant` is required each time. */
  readonly production?: boolean;
  /** Stops between two recordings; what was created at the target is deleted. */
  readonly signal?: AbortSignal;
}

/**
 * Replays recordings from files and returns what `rolecall replay` reports.
 * @throws ReplayError if a recording cannot be read or the target cannot be used; RunError for an invalid option;
 * ContractError if the contract is invalid
 */
export async function replayFiles({
  recordings,
  contract,
  target: url,
  signal,
  ...credentials
}: ReplayOptions): Promise<ReplayReport> {
  const options = readOptions(url, credentials, {}, () => 1);
  const job = await openReplay(recordings, options, contract);
  return replay({ ...job, ...(signal === undefined ? {} : { signal }) });
}

/** A replay that is ready to run. */
export interface ReplayJob extends Replay {
  readonly redactor: Redactor;
  /** Files of the given folders that are not recordings. */
  readonly others: readonly string[];
}

/**
 * Reads everything a replay needs; secrets of the options are masked in errors and reports.
 * @throws RunError for a target that is not on this machine, where the user has not said that it is theirs
 */
export async function openReplay(
  files: readonly string[],
  options: ResolvedOptions,
  given?: Contract,
): Promise<ReplayJob> {
  const contract = contractFor(given ?? (await selectedContract(options)), options);
  checkWithContract(options, contract);
  const { url, production, stateFolder, iOwnThisTenant: claimed } = options;
  const claim = claimed === undefined ? {} : { claimed };
  if (url !== undefined) await assertOwned({ url, production, stateFolder, command: 'replay', ...claim });
  const redactor = new Redactor();
  hideCredentials(redactor, options);
  const recordings: Recording[] = [];
  const others: string[] = [];
  const learn = (value: Json) => redactor.hideIn(value);
  for await (const read of recordingsOf(files, { learn, onOther: (file) => others.push(file) }))
    recordings.push(...read);
  for (const { request, response } of recordings.flatMap(({ exchanges }) => exchanges)) {
    redactor.hideIn(formOf(request.query));
    redactor.hideIn(request.body);
    redactor.hideInAnswer(response);
  }
  const target = url === undefined ? {} : { target: await openTarget(options, contract) };
  return { contract, recordings, redactor, others, ...target };
}
