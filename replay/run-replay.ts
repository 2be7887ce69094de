import pc from 'picocolors';
import { Redactor } from '../conformance/target/redact.js';
import type { Target } from '../conformance/target/target.js';
import { checkWithContract, readOptions, type VerifyOptions } from '../conformance/verify-options.js';
import type { Contract } from '../contract/contract.js';
import { defaultContract } from '../contract/load/default.js';
import { ReplayError } from './errors.js';
import { readRecordings } from './read/read-recordings.js';
import type { Recording } from './recorded/recording.js';
import { replay } from './replay.js';
import { jsonReport } from './report/json.js';
import { formatReport } from './report/text.js';

/** The options of `rolecall replay` as they are typed. */
export interface RawReplayOptions {
  readonly target?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly audience?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/**
 * What `rolecall replay` does, from the options as they are typed to what stands on the terminal.
 * @returns the exit code. @throws RolecallError where it could not be done
 */
export async function runReplay(
  files: readonly string[],
  { target: place, ...raw }: RawReplayOptions,
  process: NodeJS.Process,
): Promise<number> {
  const { stdout, stderr, env } = process;
  const options = readOptions(place, raw, env, () => 1);
  const contract = await defaultContract();
  checkWithContract(options, contract);
  const recordings = await readAll(files);
  const redactor = new Redactor();
  for (const secret of [options.credentials.client?.secret, options.credentials.token]) {
    if (secret !== undefined) redactor.hide(secret, '$SECRET');
  }
  const target = await targetOf(options, contract);
  const progress = progressOf(recordings, stderr);
  const interruption = new AbortController();
  const stop = () => interruption.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const report = await replay({
      contract,
      recordings,
      redactor,
      signal: interruption.signal,
      onPlayed: progress.tick,
      ...(target === undefined ? {} : { target }),
    });
    progress.end();
    const colors = pc.createColors(stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb');
    stdout.write(redactor.redact(options.json ? jsonReport(report) : formatReport(report, colors)));
    if (report.total.inContract === 0) throw nothingCompared(report.total.exchanges);
    return report.total.mismatched > 0 ? 1 : 0;
  } finally {
    progress.end();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** A comparison of nothing must not look like one that found nothing. */
function nothingCompared(exchanges: number): ReplayError {
  const what =
    exchanges === 0 ? 'The recordings have no exchange' : `None of ${exchanges} exchanges is of the contract`;
  return new ReplayError(
    'NOTHING_COMPARED',
    `${what}: nothing was compared; expected requests to operations of the contract.`,
  );
}

async function readAll(files: readonly string[]): Promise<readonly Recording[]> {
  const all: Recording[] = [];
  // One after the other: several large files at once would all be in memory as text.
  for (const file of files) all.push(...(await readRecordings(file)));
  return all;
}

async function targetOf(
  { url, audience, credentials }: VerifyOptions,
  contract: Contract,
): Promise<Target | undefined> {
  if (url === undefined) return undefined;
  const { httpTarget } = await import('../conformance/target/http.js');
  const root = url.href.replace(/\/+$/, '');
  return httpTarget({ url, audience: audience ?? `${root}${contract.serverPath}/`, credentials });
}

/** How far it is, on stderr: a line that changes on a terminal, nothing elsewhere. */
function progressOf(recordings: readonly Recording[], stderr: NodeJS.WriteStream): { tick(): void; end(): void } {
  if (stderr.isTTY !== true) return { tick: () => undefined, end: () => undefined };
  const total = recordings.reduce((sum, { exchanges }) => sum + exchanges.length, 0);
  let done = 0;
  return {
    tick: () => {
      done += 1;
      if (done % 25 === 0 || done === total) stderr.write(`\r${done}/${total} exchanges`);
    },
    end: () => stderr.write('\r\u001b[K'),
  };
}
