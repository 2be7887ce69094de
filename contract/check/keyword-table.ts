import type { ObjectKind } from './openapi.js';

/** Where each of our keywords is allowed, and its value in a few words. */
export const KEYWORDS: Readonly<
  Record<string, { readonly at: readonly ObjectKind[] | 'anywhere'; readonly holds: string }>
> = {
  'x-resources': { at: ['components'], holds: 'an object of resources' },
  'x-relations': { at: ['components'], holds: 'an object of relations' },
  'x-problems': {
    at: ['components', 'response'],
    holds: 'the catalogue under components, a list of its names at a response',
  },
  'x-tasks': { at: ['components'], holds: 'an object of tasks' },
  'x-effect': { at: ['operation'], holds: 'exactly one of create, read, update, delete, list, add, remove, hook' },
  'x-query': {
    at: ['parameter'],
    holds: 'page, size, totals, cursor, take, fields, include-fields, {filter, match} or {fields: {always}}',
  },
  'x-value': {
    at: ['schema'],
    holds:
      'created-at, updated-at, deleted-at, status, reason, message, error-code, or {id|of|default|relation|hook: …}',
  },
  'x-missing': { at: ['schema'], holds: 'what answers show where an item has no value' },
  'x-update': { at: ['schema'], holds: 'merge, empty-removes, null-removes, {removes: property}, or a list of them' },
  'x-kinds': { at: ['schema'], holds: 'an object of kinds, each with the properties that it has required or refused' },
  'x-rate-group': { at: ['operation'], holds: 'the name of a group that a plan of x-rate-limit lists' },
  'x-rate-limit': { at: ['document'], holds: 'headers, problem and plans' },
  'x-placeholder': { at: ['security-scheme'], holds: 'a name in capitals with an underscore, such as ACCESS_TOKEN' },
  'x-sdks': { at: ['components'], holds: 'an object with node-sdk, python-sdk or java-sdk' },
  'x-evidence': { at: 'anywhere', holds: 'pointers, each with grade and source' },
};
