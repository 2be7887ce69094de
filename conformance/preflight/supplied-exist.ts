import type { Contract, Operation } from '../../contract/contract.js';
import { Stop } from '../engine/stop.js';
import { RunError } from '../errors.js';
import type { SuppliedFixtures } from '../fixtures/supplied.js';
import { namesOf } from '../lookup/path-names.js';
import { readOperation, readRequest } from '../lookup/resource-operations.js';
import { NoAnswer } from '../session/no-answer.js';
import type { Exchange, TargetResponse } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';

export interface SuppliedExistOptions {
  readonly contract: Contract;
  readonly fixtures: SuppliedFixtures;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
}

/** A path that no API has below a resource. */
const NO_ROUTE = '/rolecall-no-such-path';

/**
 * Reads each supplied fixture that its own key leads to. A wrong key would otherwise look like many faults of the target.
 * @throws RunError, whose message quotes the key, where the target implements the read and has no such resource
 */
export async function assertSuppliedExist({ contract, fixtures, send }: SuppliedExistOptions): Promise<void> {
  for (const subject of [...fixtures.values()].flat()) {
    const reading = readOperation(subject.resource, contract);
    if (reading === undefined || !namesOnly(reading, subject.resource)) continue;
    const request = readRequest(contract, reading, namesOf(subject));
    const answer = await answerTo(send(request));
    if (answer?.status !== 404 || (await isAnswerOfRouter(answer, request, send))) continue;
    throw new RunError(
      'BAD_OPTION',
      `--fixtures: the target has no ${subject.resource} "${subject.id}": ${request.method} ${request.path} answered 404; expected the key of an existing one.`,
    );
  }
}

function namesOnly({ effect }: Operation, resource: string): boolean {
  return Object.keys(effect?.of ?? {}).every((side) => side === resource);
}

/** Whether it is what the target answers on paths that it does not know, so that it may not implement the operation. */
async function isAnswerOfRouter(
  { text }: TargetResponse,
  { path, method, headers }: PlannedRequest,
  send: SuppliedExistOptions['send'],
): Promise<boolean> {
  const unknown = { method, headers, path: path + NO_ROUTE };
  const answer = await answerTo(send(unknown));
  return answer === undefined || answer.text.replaceAll(unknown.path, '') === text.replaceAll(path, '');
}

/** Undefined where there is none: the run finds out why. */
async function answerTo(sent: Promise<Exchange>): Promise<TargetResponse | undefined> {
  try {
    return (await sent).response;
  } catch (error) {
    if (error instanceof NoAnswer || error instanceof Stop) return undefined;
    throw error;
  }
}
