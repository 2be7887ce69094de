import type { Operation, Response } from '../../contract/contract.js';
import { type Finding, finding } from '../change.js';
import type { Comparison } from '../comparison.js';
import { compareTexts } from '../described.js';
import { compareListedProblems } from '../vocabulary/problems.js';
import { compareContent } from './media-types.js';
import { compareHeaders } from './response-headers.js';

export function compareResponses(comparison: Comparison, before: Operation, after: Operation): readonly Finding[] {
  const old = new Map(before.responses.map((response) => [response.status, response]));
  const now = new Map(after.responses.map((response) => [response.status, response]));
  const removed = before.responses.filter(({ status }) => !now.has(status));
  const added = after.responses.filter(({ status }) => !old.has(status));
  const renamed = renamedSuccess(removed, added);
  const widened = removed.flatMap((response) => {
    const to = isSuccess(response) ? undefined : now.get(`${response.status.charAt(0)}XX`);
    return to === undefined ? [] : [{ from: response, to }];
  });
  const told = new Set([renamed, ...widened].flatMap((pair) => (pair === undefined ? [] : [pair.from, pair.to])));
  return [
    ...before.responses.flatMap((response) => {
      const partner = now.get(response.status);
      return partner === undefined ? [] : compareResponse(comparison, response, partner);
    }),
    ...(renamed === undefined ? [] : compareRenamed(comparison, renamed.from, renamed.to)),
    ...widened.flatMap(({ from, to }) => compareWidened(comparison, from, to)),
    ...removed.filter((response) => !told.has(response)).map(removedResponse),
    ...added.filter((response) => !told.has(response)).map(addedResponse),
    ...compareListedProblems(before, after),
  ];
}

/** One success that went and one that came are the same answer under another status. */
function renamedSuccess(removed: readonly Response[], added: readonly Response[]) {
  const [from, ...othersGone] = removed.filter(isSuccess);
  const [to, ...othersCome] = added.filter(isSuccess);
  const single = from !== undefined && to !== undefined && othersGone.length === 0 && othersCome.length === 0;
  return single ? { from, to } : undefined;
}

function isSuccess({ status }: Response): boolean {
  return status.startsWith('2');
}

function compareRenamed(comparison: Comparison, from: Response, to: Response): readonly Finding[] {
  const what = `the success went from ${from.status} to ${to.status}`;
  return [
    finding('success-status-changed', to.pointer, what, { from: from.status, to: to.status }),
    ...compareResponse(comparison, from, to),
  ];
}

function compareWidened(comparison: Comparison, from: Response, to: Response): readonly Finding[] {
  const what = `the ${from.status} answer is one of ${to.status} now`;
  return [
    finding('error-widened', to.pointer, what, { from: from.status, to: to.status }),
    ...compareResponse(comparison, from, to),
  ];
}

function removedResponse(response: Response): Finding {
  const kind = isSuccess(response) ? 'success-removed' : 'error-removed';
  return finding(kind, response.pointer, `the ${response.status} answer is gone`, { from: response.status });
}

function addedResponse(response: Response): Finding {
  const kind = isSuccess(response) ? 'success-added' : 'error-added';
  return finding(kind, response.pointer, `a ${response.status} answer is new`, { to: response.status });
}

function compareResponse(comparison: Comparison, old: Response, now: Response): readonly Finding[] {
  const subject = `the ${now.status} answer`;
  return [
    ...compareBodies(comparison, subject, old, now),
    ...compareHeaders(comparison, subject, old, now),
    ...compareTexts('response-described', subject, old, now, { description: ({ description }) => description }),
  ];
}

function compareBodies(comparison: Comparison, subject: string, old: Response, now: Response): readonly Finding[] {
  if (old.content.length > 0 && now.content.length === 0) {
    return [finding('response-body-removed', now.pointer, `${subject} has no body any more`)];
  }
  if (old.content.length === 0 && now.content.length > 0) {
    return [finding('response-body-added', now.pointer, `${subject} has a body now`)];
  }
  return compareContent(comparison, 'response', subject, old, now);
}
