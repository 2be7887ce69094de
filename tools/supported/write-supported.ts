import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadContract } from '../../contract/load/load.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { supportedMarkdown } from './markdown.js';
import { besides, type RecordedRequest, supportOf } from './support.js';

/** The provider's document and the recordings lie beside the project, not in it. */
const EVIDENCE = join(packageRoot(), '..', 'shared', 'evidence');
const SERVER_PATH = '/api/v2';

export const SUPPORTED_FILE = join(packageRoot(), 'SUPPORTED.md');

/** The text of `SUPPORTED.md`; undefined where the evidence is absent. */
export async function currentSupported(): Promise<string | undefined> {
  const document = join(EVIDENCE, 'official-openapi.json');
  if (!existsSync(document)) return undefined;
  const { contract: ours } = await loadContract(join(packageRoot(), 'spec', 'openapi.yaml'));
  const { contract: official } = await loadContract(document);
  return supportedMarkdown(supportOf(ours, official, recordedRequests()), besides(ours, official));
}

function recordedRequests(): readonly RecordedRequest[] {
  return readdirSync(EVIDENCE, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^recordings/.test(name) && name.endsWith('.json'))
    .flatMap((name) => {
      const { exchanges } = JSON.parse(readFileSync(join(EVIDENCE, name), 'utf8')) as {
        exchanges: readonly { request: RecordedRequest }[];
      };
      return exchanges.map(({ request: { method, path } }) => ({
        method,
        path: path.startsWith(SERVER_PATH) ? path.slice(SERVER_PATH.length) : path,
      }));
    });
}

/** `npm run supported`. */
async function main(): Promise<void> {
  const text = await currentSupported();
  if (text === undefined) {
    process.stderr.write('The evidence is not beside the project, so SUPPORTED.md cannot be written.\n');
    process.exitCode = 2;
    return;
  }
  await writeFile(SUPPORTED_FILE, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
