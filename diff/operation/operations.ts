import type { Operation } from '../../contract/contract.js';
import { type Change, changeAt } from '../change.js';
import type { Comparison } from '../comparison.js';
import { compareDeprecation, compareTexts } from '../described.js';
import { compareEffects } from '../vocabulary/effects.js';
import { operationIdOf, placeOf } from './operation-pairs.js';
import { compareParameters } from './parameters.js';
import { compareRequestBodies } from './request-bodies.js';
import { compareResponses } from './responses.js';
import { compareSecurity } from './security.js';
import { compareOwnServers } from './servers.js';
import { compareCallbacks } from './webhooks.js';

export function removedOperation({ method, path, pointer, deprecated }: Operation): Change {
  const note = deprecated ? ' (it was deprecated)' : '';
  return changeAt('operation-removed', pointer, `${method} ${path} was removed${note}`, { from: `${method} ${path}` });
}

export function addedOperation({ method, path, pointer }: Operation): Change {
  return changeAt('operation-added', pointer, `${method} ${path} was added`, { to: `${method} ${path}` });
}

const OPERATION_TEXTS = {
  kind: 'operation-described',
  subject: 'the operation',
  texts: {
    summary: ({ summary }: Operation) => summary,
    description: ({ description }: Operation) => description,
    tags: ({ tags }: Operation) => tags,
  },
} as const;

/** The changes of an operation in both contracts. */
export function compareOperations(comparison: Comparison, before: Operation, after: Operation): readonly Change[] {
  return [
    ...comparePlaces(comparison, before, after),
    ...compareDeprecation(
      { deprecated: 'operation-deprecated', undeprecated: 'operation-undeprecated' },
      'the operation',
      before,
      after,
    ),
    ...compareOwnServers(comparison, before, after),
    ...compareSecurity(comparison, before, after),
    ...compareParameters(comparison, before, after),
    ...compareRequestBodies(comparison, before, after),
    ...compareResponses(comparison, before, after),
    ...compareCallbacks(comparison, before, after),
    ...compareEffects(before, after),
    ...compareTexts(OPERATION_TEXTS, before, after),
  ];
}

function comparePlaces({ before: old, after: now }: Comparison, before: Operation, after: Operation): Change[] {
  const changes: Change[] = [];
  if (placeOf(before) !== placeOf(after)) {
    const [from, to] = [`${before.method} ${before.path}`, `${after.method} ${after.path}`];
    changes.push(changeAt('operation-moved', after.pointer, `${from} moved to ${to}`, { from, to }));
  } else if (before.path !== after.path) {
    const what = `path parameters were renamed: ${before.path} became ${after.path}`;
    changes.push(changeAt('path-parameter-renamed', after.pointer, what, { from: before.path, to: after.path }));
  }
  const [from] = operationIdOf(old, before);
  const [to] = operationIdOf(now, after);
  if (from !== undefined && from !== to) {
    const what = `operationId went from "${from}" to "${after.id}"`;
    changes.push(changeAt('operation-id-changed', after.pointer, what, { from, to: after.id }));
  }
  return changes;
}
