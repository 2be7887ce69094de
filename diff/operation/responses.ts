import type { Operation, Response } from '../../contract/contract.js';
import { type Change, changeAt } from '../change.js';
import type { Comparison } from '../comparison.js';
import { compareTexts } from '../described.js';
import { compareListedProblems } from '../vocabulary/problems.js';
import { compareContent } from './media-types.js';
import { compareHeaders } from './response-headers.js';

export function compareResponses(comparison: Comparison, before: Operation, after: Operation): readonly Change[] {
  const old = new Map(before.responses.map((response) => [response.status, response]));
  const now = new Map(after.responses.map((response) => [response.status, response]));
  const removed = before.responses.filter(({ status }) => !now.has(status));
  const added = after.responses.filter(({ status }) => !old.has(status));
  const renamed = renamedSuccess(removed, added);
  const widened = removed.flatMap((response) => {
    const to = isSuccess(response) ? undefined : now.get(`${response.status.charAt(0)}XX`);
    return to === undefined ? [] : [{ from: response, to }];
  });
  const paired = new Set([renamed, ...widened].flatMap((pair) => (pair === undefined ? [] : [pair.from, pair.to])));
  return [
    ...before.responses.flatMap((response) => {
      const partner = now.get(response.status);
      return partner === undefined ? [] : compareResponse(comparison, response, partner);
    }),
    ...(renamed === undefined ? [] : compareRenamed(comparison, renamed.from, renamed.to)),
    ...widened.flatMap(({ from, to }) => compareWidened(comparison, from, to)),
    ...removed.filter((response) => !paired.has(response)).map(removedResponse),
    ...added.filter((response) => !paired.has(response)).map(addedResponse),
    ...compareListedProblems(before, after),
  ];
}

/** One removed and one added success are the same answer under another status. */
function renamedSuccess(removed: readonly Response[], added: readonly Response[]) {
  const [from, ...othersRemoved] = removed.filter(isSuccess);
  const [to, ...othersAdded] = added.filter(isSuccess);
  const single = from !== undefined && to !== undefined && othersRemoved.length === 0 && othersAdded.length === 0;
  return single ? { from, to } : undefined;
}

function isSuccess({ status }: Response): boolean {
  return status.startsWith('2');
}

function compareRenamed(comparison: Comparison, from: Response, to: Response): readonly Change[] {
  const what = `the success status went from ${from.status} to ${to.status}`;
  return [
    changeAt('success-status-changed', to.pointer, what, { from: from.status, to: to.status }),
    ...compareResponse(comparison, from, to),
  ];
}

function compareWidened(comparison: Comparison, from: Response, to: Response): readonly Change[] {
  const what = `${to.status} now includes the ${from.status} answer`;
  return [
    changeAt('error-widened', to.pointer, what, { from: from.status, to: to.status }),
    ...compareResponse(comparison, from, to),
  ];
}

function removedResponse(response: Response): Change {
  const kind = isSuccess(response) ? 'success-removed' : 'error-removed';
  return changeAt(kind, response.pointer, `the ${response.status} answer was removed`, { from: response.status });
}

function addedResponse(response: Response): Change {
  const kind = isSuccess(response) ? 'success-added' : 'error-added';
  return changeAt(kind, response.pointer, `a ${response.status} answer was added`, { to: response.status });
}

function compareResponse(comparison: Comparison, old: Response, now: Response): readonly Change[] {
  const subject = `the ${now.status} answer`;
  return [
    ...compareBodies(comparison, subject, old, now),
    ...compareHeaders(comparison, subject, old, now),
    ...compareTexts(
      { kind: 'response-described', subject, texts: { description: ({ description }) => description } },
      old,
      now,
    ),
  ];
}

function compareBodies(comparison: Comparison, subject: string, old: Response, now: Response): readonly Change[] {
  if (old.content.length > 0 && now.content.length === 0) {
    return [changeAt('response-body-removed', now.pointer, `${subject} no longer has a body`)];
  }
  if (old.content.length === 0 && now.content.length > 0) {
    return [changeAt('response-body-added', now.pointer, `${subject} now has a body`)];
  }
  return compareContent(comparison, { direction: 'response', subject }, old, now);
}
