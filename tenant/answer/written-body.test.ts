import { expect, test } from 'vitest';
import type { Json, MediaType } from '../../contract/contract.js';
import { specificType, withParameters, writtenBody } from './written-body.js';

test.each([
  ['*/*', 'application/json'],
  ['application/*', 'application/json'],
  ['text/*', 'text/plain'],
  ['image/*', 'image/plain'],
  ['text/csv', 'text/csv'],
])('%s stands for %s', (range, want) => {
  expect(specificType(range)).toBe(want);
});

test.each([
  ['application/json', 'application/json; charset=utf-8'],
  ['text/csv', 'text/csv; charset=utf-8'],
  ['application/text/x', 'application/text/x'],
  ['image/png', 'image/png'],
  ['multipart/mixed', 'multipart/mixed; boundary=rolecall-part'],
])('%s is sent as %s', (type, want) => {
  expect(withParameters(type)).toBe(want);
});

const XML = { xml: { name: 'thing', attribute: false, wrapped: false, properties: new Map() } };

test.each<{ type: string; more?: object; value: Json; want: string }>([
  { type: 'application/json', value: 'a', want: '"a"' },
  { type: '*/*', value: { a: 1 }, want: '{"a":1}' },
  { type: 'application/xml', more: XML, value: 'a', want: '<?xml version="1.0" encoding="UTF-8"?><thing>a</thing>' },
  // An example in a document may be written as XML already.
  { type: 'application/xml', more: XML, value: '<a/>', want: '<a/>' },
  { type: 'application/xml', more: XML, value: 1, want: '<?xml version="1.0" encoding="UTF-8"?><thing>1</thing>' },
  { type: 'text/plain', value: 'a', want: 'a' },
  { type: 'text/plain', value: 7, want: '7' },
  { type: 'text/*', value: { a: 1 }, want: '{"a":1}' },
  ...['application/jsonl', 'application/x-ndjson', 'application/json-seq', 'application/x-jsonlines'].map((type) => ({
    type,
    value: 'a',
    want: '"a"\n',
  })),
  { type: 'text/application/jsonl', value: 'a', want: 'a' },
  { type: 'application/jsonlines', value: 'a', want: 'a' },
  { type: 'text/event-stream', value: 'data: x\n\n', want: 'data: x\n\n' },
  { type: 'text/event-stream', value: 'x', want: 'data: x\n\n' },
  { type: 'text/event-stream', value: 7, want: 'data: 7\n\n' },
  { type: 'text/event-stream', value: { a: 1 }, want: 'data: {"a":1}\n\n' },
  {
    type: 'text/event-stream',
    value: { data: { a: 1 }, retry: 5, id: '7', event: 'made', other: 'x' },
    want: 'event: made\nid: 7\nretry: 5\ndata: {"a":1}\n\n',
  },
  { type: 'text/event-stream', value: { data: 'a\nb\r\nc\rd' }, want: 'data: a\ndata: b\ndata: c\ndata: d\n\n' },
])('$value as $type', ({ type, more = {}, value, want }) => {
  expect(writtenBody({ type, schema: {}, ...more } as MediaType, value)).toBe(want);
});
