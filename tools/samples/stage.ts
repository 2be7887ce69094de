import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transform } from 'esbuild';
import type { Contract } from '../../contract/contract.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { trustVariables, writeTrustFiles } from '../../tenant/cli/trust.js';
import { newAuthority, newServer } from '../../tenant/http/new-certificate.js';
import type { Stage } from './exercise.js';
import { Recorder } from './recorder.js';

/** No address: Mono does not support constraints on addresses, and refuses an authority that has one. */
const NAMES = ['localhost'];

/**
 * Listens with a new certificate, and compiles the generated client.
 *
 * @param createTenant - of the package that the samples are tried against
 */
export async function openStage(
  contract: Contract,
  createTenant: Stage['createTenant'],
): Promise<{ readonly stage: Stage; readonly close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-samples-'));
  const authority = await newAuthority(NAMES, Date.now());
  const recorder = await Recorder.listen(await newServer(authority, NAMES, Date.now()));
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, authority.certificate);
  // Without the authorities of the system: samples reach no other server, and curl reads them all at each start.
  const trust = await writeTrustFiles(ca, { SSL_CERT_FILE: ca });
  const client = join(folder, 'generated', 'client.js');
  await compileClient(dirname(client));
  return {
    stage: { contract, createTenant, recorder, client, environment: trustVariables(trust, {}) },
    close: async () => {
      recorder.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function compileClient(folder: string): Promise<void> {
  const source = join(packageRoot(), 'generated');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  for (const path of files) {
    const { code } = await transform(readFileSync(join(source, path), 'utf8'), { loader: 'ts', target: 'node20' });
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path.replace(/\.ts$/, '.js')), code);
  }
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  await symlink(join(packageRoot(), 'node_modules'), join(folder, 'node_modules'));
}
