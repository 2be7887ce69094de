import pc from 'picocolors';
import type { Contract } from '../contract/contract.js';
import { jsonDocument } from '../contract/json/json-document.js';
import { type SpecOptions, selectedContract } from '../contract/load/default.js';
import { type ClientScopes, ScopeUse } from '../contract/scopes/scope-use.js';
import { logText } from '../contract/text/github-log.js';
import { ReplayError } from '../replay/errors.js';
import { othersNote, recordingsOf } from '../replay/read/recordings-of.js';
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
  { stdout, stderr, env }: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env'>,
): Promise<number> {
  const contract = await selectedContract(spec);
  if (contract.scopes.length === 0)
    throw new ReplayError('NOTHING_COMPARED', 'The contract has no scopes: no operation or security scheme names one.');
  const requests: RecordedRequest[] = [];
  const others: string[] = [];
  const clients = await recordedScopes(files, contract, {
    onOutside: (request) => requests.push(request),
    onOther: (file) => others.push(file),
  });
  if (others.length > 0) stderr.write(logText(othersNote(others), env));
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

/** What is told while recordings are read. */
interface ScopeListeners {
  /** Receives each request that the contract does not have. */
  readonly onOutside?: (request: RecordedRequest) => void;
  /** Receives each file of a folder that is not a recording. */
  readonly onOther?: (file: string) => void;
}

/**
 * The scopes that each client used, never used, and lacked in recordings.
 * @param files - or folders of them
 * @throws ReplayError
 */
export async function recordedScopes(
  files: readonly string[],
  contract: Contract,
  { onOutside, onOther }: ScopeListeners = {},
): Promise<readonly ClientScopes[]> {
  const known = replayContract(contract);
  const use = new ScopeUse();
  for await (const read of recordingsOf(files, onOther && { onOther })) {
    for (const recording of read) {
      for (const request of scopedRequests(known, recording)) use.add(request);
      for (const { request } of recording.exchanges)
        if (known.routes.match(request.method, request.path) === undefined) onOutside?.(request);
    }
  }
  return use.clients();
}
