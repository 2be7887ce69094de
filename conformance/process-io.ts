import { logText } from '../contract/text/github-log.js';

/** The parts of a process that `rolecall verify` uses. */
export type ProcessIo = Pick<NodeJS.Process, 'env' | 'on' | 'off'> &
  Partial<Pick<NodeJS.Process, 'cwd'>> & {
    readonly stdout: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> & Partial<Pick<NodeJS.WriteStream, 'columns'>>;
    readonly stderr: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;
  };

/** Writes text; in GitHub Actions without workflow commands in it. */
export function sinkFor({ env }: ProcessIo, stream: { write(text: string): unknown }): (text: string) => void {
  return (text) => void (text !== '' && stream.write(logText(text, env)));
}
