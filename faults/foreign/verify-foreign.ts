import { join } from 'node:path';
import { verify } from '../../conformance/verify.js';
import { packageRoot } from '../../contract/load/package-root.js';
import type { ForeignServer } from './foreign-server.js';
import { listenWith } from './rest-server.js';
import { PASSWORD } from './servers/museum.js';

/** Public documents of others, which are not part of this project. */
export const DOCUMENTS = join(packageRoot(), '..', 'shared', 'documents');

/** What verify finds of a server with a fault, or without: `check: cause`. */
export async function findingsOf({ document, create }: ForeignServer, fault?: string): Promise<readonly string[]> {
  const server = await listenWith(create(fault));
  try {
    const options = {
      spec: join(DOCUMENTS, document),
      target: server.url.href,
      token: PASSWORD,
      seed: 1,
      depth: 'standard',
    } as const;
    for await (const event of verify(options)) {
      if (event.kind !== 'reported') continue;
      return event.report.findings
        .filter(({ severity }) => severity !== 'observed')
        .map(({ check, cause, operations }) => `${check}: ${cause} at ${operations.join(', ')}`);
    }
    return ['no report'];
  } finally {
    await server.close();
  }
}
