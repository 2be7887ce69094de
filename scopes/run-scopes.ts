import pc from 'picocolors';
import type { Contract } from '../contract/contract.js';
import { jsonDocument } from '../contract/json/json-document.js';
import { type SpecOptions, selectedContract } from '../contract/load/default.js';
import { type ClientScopes, ScopeUse } from '../contract/scopes/scope-use.js';
import { logText } from '../contract/text/github-log.js';
import { ReplayError } from '../replay/errors.js';
import { readRecordings } from '../replay/read/read-recordings.js';
import { replayContract } from '../replay/recorded/replay-contract.js';
import { leastGrant } from './auth0/client-grant.js';
import { scopedRequests } from './recorded-requests.js';
import { formatScopes } from './text.js';

/** The options of `rolecall scopes` as typed. */
export interface RawScopesOptions extends SpecOptions {
  readonly json?: boolean;
}

/**
 * Runs `rolecall scopes` and prints its report.
 * @returns the exit code
 * @throws RolecallError if a recording or the contract cannot be read, or no recording says anything about scopes
 */
export async function runScopes(
  files: readonly string[],
  { json = false, ...spec }: RawScopesOptions,
  { stdout, env }: Pick<NodeJS.Process, 'stdout' | 'env'>,
): Promise<number> {
  const clients = await recordedScopes(files, await selectedContract(spec));
  if (clients.length === 0) {
    throw new ReplayError(
      'NOTHING_COMPARED',
      'The recordings contain no request to an operation that requires a token, so nothing is known about scopes.',
    );
  }
  const colors = pc.createColors(stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb');
  const document = { clients: clients.map((client) => ({ ...client, clientGrant: leastGrant(client) })) };
  stdout.write(json ? jsonDocument(document) : logText(formatScopes(clients, colors), env));
  return 0;
}

/** The scopes that each client used, never used, and lacked in recordings. @throws ReplayError */
export async function recordedScopes(files: readonly string[], contract: Contract): Promise<readonly ClientScopes[]> {
  const known = replayContract(contract);
  const use = new ScopeUse();
  // One after the other, so that the texts of large files are not in memory at the same time.
  for (const file of files) {
    for (const recording of await readRecordings(file)) {
      for (const request of scopedRequests(known, recording)) use.add(request);
    }
  }
  return use.clients();
}
