import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultContract } from '../../contract/load/default.js';
import { freePort } from '../../test-support/free-port.js';
import { installPeer } from '../measure/peer.js';
import type { Shot } from './load.js';

/** The newest that runs on Node 20. */
const PRISM = { name: '@stoplight/prism-cli', version: '5.14.2' };

/** A way to run Prism. */
export interface MockWay {
  readonly name: string;
  readonly options: readonly string[];
  /** How many times its requests a second the tenant has to handle. */
  readonly least: number;
}

export const MOCKS: readonly MockWay[] = [
  { name: `Prism ${PRISM.version}, as it comes`, options: [], least: 8 },
  { name: `Prism ${PRISM.version}, silenced`, options: ['--verboseLevel', 'silent'], least: 4 },
];

/** Prism, mocking our contract. */
export interface Mock extends MockWay {
  readonly shot: Shot;
  stop(): void;
}

/** How long a mock may take to start, in milliseconds. */
const PATIENCE = 30_000;

/** @throws where it does not answer the request by a success */
export async function startMock(asked: Shot, way: MockWay): Promise<Mock> {
  const program = await installPeer(PRISM, 'prism');
  const { document, serverPath } = await defaultContract();
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  const port = await freePort();
  const args = [program, 'mock', file, '--port', String(port), ...way.options];
  const child = spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, NODE_ENV: 'production' } });
  const stop = (): void => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const shot = { url, path: asked.path.slice(serverPath.length), headers: asked.headers };
  try {
    await untilAnswered(shot);
  } catch (cause) {
    stop();
    throw cause;
  }
  return { ...way, shot, stop };
}

async function untilAnswered({ url, path, headers }: Shot): Promise<void> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    const response = await fetch(url + path, { headers }).catch(() => undefined);
    if (response?.ok) return;
    if (response !== undefined) throw new Error(`The mock answers ${response.status}: ${await response.text()}`);
    if (Date.now() > until) throw new Error(`The mock did not listen within ${PATIENCE / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
