import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { Driver } from './driver.js';
import { installed } from './install.js';
import { SDKS } from './sdk.js';

/**
 * `npm run sdks:methods`: asks the provider's SDKs which method sends which request, and writes the methods of the
 * contract's operations into `spec/components/sdks.yaml`, for samples. Runs as the command of `rolecall tenant --`.
 */
const WANTED: Readonly<Record<string, string>> = { 'node-sdk': 'npm auth0 7', 'python-sdk': 'PyPI auth0-python 6' };

const FILE = join(packageRoot(), 'spec', 'components', 'sdks.yaml');

async function methodsOf(contract: Contract, start: string): Promise<readonly string[]> {
  const sdk = SDKS.find(({ name }) => name.startsWith(start));
  if (sdk === undefined) throw new Error(`there is no SDK called ${start}`);
  const folder = await installed(sdk);
  const paths = {
    folder,
    built: join(packageRoot(), 'build', 'tools', 'sdks', 'drivers'),
    sources: join(packageRoot(), 'tools', 'sdks', 'drivers'),
  };
  const driver = await Driver.start(sdk.driver(paths), folder);
  driver.stop();
  return contract.operations.flatMap(({ id, method, path }) => {
    const template = path.replaceAll(/\{[^}]*\}/g, '{}');
    const [found, ...others] = driver.methods.filter((one) => one.verb === method && one.path === template);
    return found === undefined || others.length > 0 ? [] : [`    ${id}: ${found.name}`];
  });
}

const contract = await defaultContract();
let text = readFileSync(FILE, 'utf8');
for (const [language, start] of Object.entries(WANTED)) {
  const methods = await methodsOf(contract, start);
  const old = new RegExp(`(^${language}:\\n(?: .*\\n)*? {2}methods:)(?: \\{\\})?\\n(?: {4}.*\\n)*`, 'm');
  text = text.replace(old, (_, head: string) => `${head}\n${methods.join('\n')}\n`);
}
writeFileSync(FILE, text);
