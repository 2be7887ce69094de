import { existsSync } from 'node:fs';
import { toolCommand } from '../tool-command.js';
import { hasGo, verifyGoMock } from './go-mock.js';
import { foreignServers } from './servers.js';
import { DOCUMENTS, findingsOf } from './verify-foreign.js';

/**
 * `npm run power:foreign`: plants each fault in servers written by hand for documents of others, and prints what verify
 * finds; then verifies a mock of our API in Go. Exits with 1 where a fault is missed, where anything is found of a server
 * without a fault, or where the findings of the mock are too many or false.
 */

/** More findings than a person reads. */
const MOST_FINDINGS = 25;
/** Twice those of a run against the embedded tenant, which has no operation missing. */
const MOST_REQUESTS = 54_000;

toolCommand(
  'power:foreign',
  'plant faults in servers of documents of others, and print what verify finds;\nverify a mock in Go; exit with 1 where a fault is missed, or a finding is false',
).parse();
const documentsAreRight = existsSync(DOCUMENTS) ? await tryDocuments() : skip('../shared/documents is absent');
const mockIsRight = (await hasGo()) ? await tryGoMock() : skip('a mock in Go (there is no go)');
process.exitCode = documentsAreRight && mockIsRight ? 0 : 1;

async function tryDocuments(): Promise<boolean> {
  let isRight = true;
  for (const server of foreignServers) {
    for (const fault of [undefined, ...server.faults]) {
      const findings = await findingsOf(server, fault);
      isRight &&= findings.length > 0 === (fault !== undefined);
      process.stdout.write(`${server.document} | ${fault ?? 'no fault'} | ${findings[0] ?? 'nothing found'}\n`);
    }
  }
  return isRight;
}

async function tryGoMock(): Promise<boolean> {
  const { findings, requests, unexpected } = await verifyGoMock();
  const read = unexpected.length === 0 ? 'each is true' : `not known to be true: ${unexpected.join('; ')}`;
  process.stdout.write(`go-mock | ${findings} findings, ${requests} requests | ${read}\n`);
  return findings <= MOST_FINDINGS && requests <= MOST_REQUESTS && unexpected.length === 0;
}

function skip(what: string): true {
  process.stdout.write(`skipped: ${what}\n`);
  return true;
}
