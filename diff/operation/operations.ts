import type { Operation } from '../../contract/contract.js';
import { type Finding, finding } from '../change.js';
import type { Comparison } from '../comparison.js';
import { compareDeprecation, compareTexts } from '../described.js';
import { compareEffects } from '../vocabulary/effects.js';
import { named, placeOf } from './operation-pairs.js';
import { compareParameters } from './parameters.js';
import { compareRequestBodies } from './request-bodies.js';
import { compareResponses } from './responses.js';
import { compareSecurity } from './security.js';
import { compareOwnServers } from './servers.js';
import { compareCallbacks } from './webhooks.js';

export function removedOperation({ method, path, pointer, deprecated }: Operation): Finding {
  const note = deprecated ? ', it was deprecated' : '';
  return finding('operation-removed', pointer, `${method} ${path} is gone${note}`, { from: `${method} ${path}` });
}

export function addedOperation({ method, path, pointer }: Operation): Finding {
  return finding('operation-added', pointer, `${method} ${path} is new`, { to: `${method} ${path}` });
}

/** What changed in an operation that both contracts have. */
export function compareOperations(comparison: Comparison, before: Operation, after: Operation): readonly Finding[] {
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
    ...compareTexts('operation-described', 'the operation', before, after, {
      summary: ({ summary }) => summary,
      description: ({ description }) => description,
      tags: ({ tags }) => tags,
    }),
  ];
}

function comparePlaces({ before: old, after: now }: Comparison, before: Operation, after: Operation): Finding[] {
  const findings: Finding[] = [];
  if (placeOf(before) !== placeOf(after)) {
    const [from, to] = [`${before.method} ${before.path}`, `${after.method} ${after.path}`];
    findings.push(finding('operation-moved', after.pointer, `${from} became ${to}`, { from, to }));
  } else if (before.path !== after.path) {
    const what = `the path's parameters have other names: ${before.path} became ${after.path}`;
    findings.push(finding('path-parameter-renamed', after.pointer, what, { from: before.path, to: after.path }));
  }
  const [from] = named(old, before);
  const [to] = named(now, after);
  if (from !== undefined && from !== to) {
    const what = `operationId went from "${from}" to "${after.id}"`;
    findings.push(finding('operation-id-changed', after.pointer, what, { from, to: after.id }));
  }
  return findings;
}
