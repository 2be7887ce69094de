import { EventEmitter } from 'node:events';
import type { ProcessIo } from '../process-io.js';
import { runVerify } from '../run-verify.js';
import type { RawOptions } from '../verify-options.js';

/** `rolecall verify` with these options, without starting a process. @returns its exit code and what it printed */
export async function verifyInProcess(
  url: string | undefined,
  raw: RawOptions,
  env: Record<string, string> = {},
  isTTY = false,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const events = new EventEmitter();
  const processIo = {
    env,
    on: events.on.bind(events),
    off: events.off.bind(events),
    stdout: { isTTY, write: (text: string) => out.push(text) > 0 },
    stderr: { isTTY, columns: 80, write: (text: string) => err.push(text) > 0 },
    // The parts of a process that it says that it touches.
  } as unknown as ProcessIo;
  const code = await runVerify(url, raw, processIo);
  return { code, out: out.join(''), err: err.join('') };
}
