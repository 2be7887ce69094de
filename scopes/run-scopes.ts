import pc from 'picocolors';
import type { Contract } from '../contract/contract.js';
import { jsonDocument } from '../contract/json/json-document.js';
import { type SpecOptions, selectedContract } from '../contract/load/default.js';
import { type ClientScopes, ScopeUse } from '../contract/scopes/scope-use.js';
import { logText } from '../contract/text/github-log.js';
import { ReplayError } from '../replay/errors.js';
import { readRecordings } from '../replay/read/read-recordings.js';
import { otherRoot, otherRootHint } from '../replay/recorded/other-root.js';
import type { RecordedRequest } from '../replay/recorded/recording.js';
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
  const contract = await selectedContract(spec);
  if (contract.scopes.length === 0)
    throw new ReplayError('NOTHING_COMPARED', 'The contract has no scopes: no operation or security scheme names one.');
  const requests: RecordedRequest[] = [];
  const clients = await recordedScopes(files, contract, (request) => requests.push(request));
  if (clients.length === 0) throw nothingKnown(contract, requests);
  const colors = pc.createColors(stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb');
  const document = { clients: clients.map((client) => ({ ...client, clientGrant: leastGrant(client) })) };
  stdout.write(json ? jsonDocument(document) : logText(formatScopes(clients, colors), env));
  return 0;
}

/** @param requests - those outside the contract */
function nothingKnown(contract: Contract, requests: readonly RecordedRequest[]): ReplayError {
  const root = otherRoot(contract, replayContract(contract).routes, requests);
  const hint = root === undefined ? '' : ` ${otherRootHint(root, contract)}`;
  return new ReplayError(
    'NOTHING_COMPARED',
    `The recordings contain no request to an operation that requires a token, so nothing is known about scopes.${hint}`,
  );
}

/**
 * The scopes that each client used, never used, and lacked in recordings.
 * @param onOutside - called for each request that the contract does not have
 * @throws ReplayError
 */
export async function recordedScopes(
  files: readonly string[],
  contract: Contract,
  onOutside?: (request: RecordedRequest) => void,
): Promise<readonly ClientScopes[]> {
  const known = replayContract(contract);
  const use = new ScopeUse();
  // One after the other, so that the texts of large files are not in memory at the same time.
  for (const file of files) {
    for (const recording of await readRecordings(file)) {
      for (const request of scopedRequests(known, recording)) use.add(request);
      for (const { request } of recording.exchanges)
        if (known.routes.match(request.method, request.path) === undefined) onOutside?.(request);
    }
  }
  return use.clients();
}
