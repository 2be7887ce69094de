import { expect, test } from 'vitest';
import type { Json } from '../json/json.js';
import { readOverlay } from './overlay.js';

const HEAD = { overlay: '1.0.0', info: { title: 'T', version: '1' } };

async function problemsOf(document: Json): Promise<readonly string[]> {
  const { problems, warnings } = await readOverlay(document);
  return [
    ...problems.map(({ pointer, message }) => `${pointer} ${message}`),
    ...warnings.map(({ pointer, message }) => `warning: ${pointer} ${message}`),
  ];
}

test.each<{ given: Json; want: string }>([
  { given: [], want: ' expected an overlay, an object; received a list' },
  {
    given: { openapi: '3.1.0' },
    want: ' this is an OpenAPI document; expected an overlay, which has "overlay: 1.0.0"',
  },
  { given: { overlay: '2.0.0' }, want: '/overlay "overlay" expected version 1.0.x or 1.1.x, received "2.0.0"' },
  { given: { ...HEAD, actions: [] }, want: '/actions "actions" is empty; expected at least one action' },
  { given: { ...HEAD, actions: {} }, want: '/actions "actions" expected a list, received an object' },
  { given: { ...HEAD, actions: [1] }, want: '/actions/0 expected an action, an object; received 1' },
  {
    given: { ...HEAD, actions: [{ update: {} }] },
    want: '/actions/0 "target" expected a JSONPath query, received nothing',
  },
  {
    given: { ...HEAD, actions: [{ target: 'paths', update: {} }] },
    want: `/actions/0/target "paths" is not JSONPath (RFC 9535): expected '$', found 'p' at character 0`,
  },
  {
    given: { ...HEAD, actions: [{ target: '$.a[', update: {} }] },
    want: '/actions/0/target "$.a[" is not JSONPath (RFC 9535): unclosed bracketed selection at character 4',
  },
  {
    given: { ...HEAD, actions: [{ target: '$' }] },
    want: '/actions/0 the action does nothing; expected "update", "copy" or "remove: true"',
  },
  {
    given: { ...HEAD, actions: [{ target: '$', remove: 'yes' }] },
    want: '/actions/0/remove "remove" expected a boolean, received "yes"',
  },
  {
    given: { ...HEAD, actions: [{ target: '$', updates: {}, update: {} }] },
    want: 'warning: /actions/0/updates unknown field "updates"; did you mean "update"?',
  },
  {
    given: { overlay: '1.1.0', info: { title: 'T' }, actions: [{ target: '$', update: {} }] },
    want: 'warning: /info missing "version"; the info of an overlay requires it',
  },
])('$want', async ({ given, want }) => {
  expect(await problemsOf(given)).toEqual([want]);
});
