import { Redactor } from '../conformance/target/redact.js';
import { targetOf } from '../conformance/verify.js';
import { checkWithContract, readOptions } from '../conformance/verify-options.js';
import type { Contract } from '../contract/contract.js';
import { defaultContract } from '../contract/load/default.js';
import { readRecordings } from './read/read-recordings.js';
import type { Recording } from './recorded/recording.js';
import { replay } from './replay.js';
import type { ReplayReport } from './report/replay-report.js';

export interface ReplayOptions {
  /** Files in HAR or JSON. */
  readonly recordings: readonly string[];
  /** The contract of the working directory, else the packaged one, unless given. */
  readonly contract?: Contract;
  /** The root of a tenant to send the requests to; an embedded tenant, new for each recording, unless given. */
  readonly target?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly token?: string;
  /** The audience of tokens; the target with the server's path and a slash unless given. */
  readonly audience?: string;
  /** Stops between two recordings; what was created at the target is removed. */
  readonly signal?: AbortSignal;
}

/** What `rolecall replay` reports, from files. @throws ReplayError, RunError, ContractError */
export async function replayFiles({
  recordings: files,
  contract: given,
  target: url,
  signal,
  ...credentials
}: ReplayOptions): Promise<ReplayReport> {
  const contract = given ?? (await defaultContract());
  const options = readOptions(url, credentials, {}, () => 1);
  checkWithContract(options, contract);
  const recordings: Recording[] = [];
  for (const file of files) recordings.push(...(await readRecordings(file)));
  const redactor = new Redactor();
  const secrets = [credentials.clientSecret, credentials.token].filter((secret) => secret !== undefined);
  for (const secret of secrets) redactor.hide(secret, '$SECRET');
  return replay({
    contract,
    recordings,
    redactor,
    ...(url === undefined ? {} : { target: await targetOf(options, contract) }),
    ...(signal === undefined ? {} : { signal }),
  });
}
