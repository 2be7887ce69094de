import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { binOf, installPeer } from '../../bench/measure/peer.js';
import { packageRoot } from '../../contract/load/package-root.js';
import type { CorpusDocument } from './documents.js';

/** Another generator: how it is called for a document and an output folder. */
export interface Peer {
  readonly name: string;
  readonly args: (document: string, out: string) => readonly string[];
}

/** The newest release that runs on Node 20, with the TypeScript that it asks for. */
const HEY_API = { name: '@hey-api/openapi-ts', version: '0.95.0', besides: ['typescript@5.9.3'] };

/** openapi-typescript as we depend on it, and hey-api, which is installed into a cache folder. */
export async function findPeers(): Promise<readonly Peer[]> {
  const types = binOf(join(packageRoot(), 'node_modules', 'openapi-typescript'), 'openapi-typescript');
  const heyApi = await installPeer(HEY_API, 'openapi-ts');
  return [
    { name: 'openapi-typescript', args: (document, out) => [types, document, '--output', join(out, 'types.ts')] },
    { name: 'hey-api', args: (document, out) => [heyApi, '--input', document, '--output', out] },
  ];
}

/** Runs a peer for one document, into a folder of the document's name. @returns whether it wrote something */
export async function runPeer(peer: Peer, { name, path }: CorpusDocument, folder: string): Promise<boolean> {
  const out = join(folder, name);
  try {
    await promisify(execFile)(process.execPath, peer.args(path, out), { cwd: folder, timeout: 120_000 });
    return existsSync(out);
  } catch {
    rmSync(out, { recursive: true, force: true });
    return false;
  }
}
