import { existsSync } from 'node:fs';
import { toolCommand } from '../tool-command.js';
import { foreignServers } from './servers.js';
import { DOCUMENTS, findingsOf } from './verify-foreign.js';

/**
 * `npm run power:foreign`: plants each fault in servers written by hand for documents of others, and prints what verify
 * finds. Exits with 1 where a fault is missed, or anything is found of a server without a fault.
 */
toolCommand(
  'power:foreign',
  'plant faults in servers of documents of others, and print what verify finds;\nexit with 1 where a fault is missed, or anything is found without one',
).parse();
if (existsSync(DOCUMENTS)) {
  let isRight = true;
  for (const server of foreignServers) {
    for (const fault of [undefined, ...server.faults]) {
      const findings = await findingsOf(server, fault);
      isRight &&= findings.length > 0 === (fault !== undefined);
      process.stdout.write(`${server.document} | ${fault ?? 'no fault'} | ${findings[0] ?? 'nothing found'}\n`);
    }
  }
  process.exitCode = isRight ? 0 : 1;
} else process.stdout.write('skipped: ../shared/documents is absent\n');
