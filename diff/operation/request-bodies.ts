import type { Operation } from '../../contract/contract.js';
import { type Change, changeAt } from '../change.js';
import type { Comparison } from '../comparison.js';
import { compareTexts } from '../described.js';
import { compareContent } from './media-types.js';

const SUBJECT = 'the request body';

export function compareRequestBodies(comparison: Comparison, before: Operation, after: Operation): readonly Change[] {
  const old = before.requestBody;
  const now = after.requestBody;
  if (old === undefined && now === undefined) return [];
  if (now === undefined) return [changeAt('request-body-removed', old?.pointer ?? '', `${SUBJECT} was removed`)];
  if (old === undefined) {
    return now.required
      ? [changeAt('required-request-body-added', now.pointer, `${SUBJECT} was added as required`)]
      : [changeAt('request-body-added', now.pointer, `${SUBJECT} was added`)];
  }
  const word = now.required ? 'required' : 'optional';
  return [
    ...(old.required === now.required
      ? []
      : [
          changeAt(`request-body-became-${word}`, now.pointer, `${SUBJECT} became ${word}`, {
            from: old.required,
            to: now.required,
          }),
        ]),
    ...compareContent(comparison, { direction: 'request', subject: SUBJECT }, old, now),
    ...compareTexts(
      { kind: 'request-body-described', subject: SUBJECT, texts: { description: ({ description }) => description } },
      old,
      now,
    ),
  ];
}
