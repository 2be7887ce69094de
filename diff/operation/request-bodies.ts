import type { Operation } from '../../contract/contract.js';
import { type Finding, finding } from '../change.js';
import type { Comparison } from '../comparison.js';
import { compareTexts } from '../described.js';
import { compareContent } from './media-types.js';

const SUBJECT = 'the request body';

export function compareRequestBodies(comparison: Comparison, before: Operation, after: Operation): readonly Finding[] {
  const old = before.requestBody;
  const now = after.requestBody;
  if (old === undefined && now === undefined) return [];
  if (now === undefined) return [finding('request-body-removed', old?.pointer ?? '', `${SUBJECT} is gone`)];
  if (old === undefined) {
    return now.required
      ? [finding('required-request-body-added', now.pointer, `${SUBJECT} is new and required`)]
      : [finding('request-body-added', now.pointer, `${SUBJECT} is new`)];
  }
  const word = now.required ? 'required' : 'optional';
  return [
    ...(old.required === now.required
      ? []
      : [
          finding(`request-body-became-${word}`, now.pointer, `${SUBJECT} became ${word}`, {
            from: old.required,
            to: now.required,
          }),
        ]),
    ...compareContent(comparison, 'request', SUBJECT, old, now),
    ...compareTexts('request-body-described', SUBJECT, old, now, { description: ({ description }) => description }),
  ];
}
