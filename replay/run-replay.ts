import pc from 'picocolors';
import { isMarkedAsProduction } from '../conformance/config-file.js';
import { isLoopbackUrl } from '../conformance/target/loopback-url.js';
import { readOptions } from '../conformance/verify-options.js';
import { logText } from '../contract/text/github-log.js';
import { ReplayError } from './errors.js';
import { othersNote } from './read/recordings-of.js';
import { otherRoot, otherRootHint } from './recorded/other-root.js';
import type { Recording } from './recorded/recording.js';
import { replayContract } from './recorded/replay-contract.js';
import { type Replay, replay } from './replay.js';
import { openReplay } from './replay-files.js';
import { jsonReport } from './report/json.js';
import { formatReport } from './report/text.js';

/** The options of `rolecall replay` as typed. */
export interface RawReplayOptions {
  readonly target?: string;
  readonly spec?: string;
  readonly allowRef?: readonly string[];
  readonly overlay?: readonly string[];
  readonly setPath?: readonly string[];
  readonly strict?: boolean;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly audience?: string;
  readonly token?: string;
  readonly iOwnThisTenant?: string;
  readonly json?: boolean;
}

/**
 * Runs `rolecall replay` and prints its report.
 * @returns the exit code
 * @throws RolecallError if the replay cannot start or finish
 */
export async function runReplay(
  files: readonly string[],
  { target: url, ...raw }: RawReplayOptions,
  process: NodeJS.Process,
): Promise<number> {
  const { stdout, stderr, env } = process;
  const given = readOptions(url, raw, env, () => 1);
  const isRemote = given.url !== undefined && !isLoopbackUrl(given.url);
  const options = { ...given, production: isRemote && (await isMarkedAsProduction(process.cwd())) };
  const job = await openReplay(files, options);
  if (job.others.length > 0) stderr.write(logText(job.redactor.redact(othersNote(job.others)), env));
  const progress = progressOf(job.recordings, stderr);
  const interruption = new AbortController();
  const stop = () => interruption.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop);
  try {
    const report = await replay({ ...job, signal: interruption.signal, onPlayed: progress.tick });
    progress.end();
    const colors = pc.createColors(stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb');
    stdout.write(options.json ? jsonReport(report) : logText(formatReport(report, colors), env));
    if (report.total.inContract === 0) throw nothingCompared(job);
    return report.total.mismatched > 0 ? 1 : 0;
  } finally {
    progress.end();
    process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
  }
}

/** A replay that compared nothing must not look like one without differences. */
function nothingCompared({ contract, recordings }: Pick<Replay, 'contract' | 'recordings'>): ReplayError {
  const requests = recordings.flatMap(({ exchanges }) => exchanges.map(({ request }) => request));
  const what =
    requests.length === 0
      ? 'The recordings contain no exchange'
      : `None of ${requests.length} exchanges is in the contract`;
  const root = otherRoot(contract, replayContract(contract).routes, requests);
  const hint = root === undefined ? '' : ` ${otherRootHint(root, contract)}`;
  return new ReplayError(
    'NOTHING_COMPARED',
    `${what}, so nothing was compared; expected requests to operations of the contract.${hint}`,
  );
}

/** Progress on stderr: one changing line on a terminal, nothing elsewhere. */
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
