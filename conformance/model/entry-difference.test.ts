import { expect, it } from 'vitest';
import type { Json, JsonObject, Operation } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import type { Subject } from '../fixtures/fixtures.js';
import { buildRequest, noValues } from '../target/request.js';
import { entryDifferences } from './entry-difference.js';
import type { ExpectedListing, ListedEntries } from './relation-listing.js';

const text = { type: 'string' };
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Library', version: '1' },
  paths: {
    '/books': {
      get: {
        'x-evidence': { '': { grade: 'reported', source: 'a reader' } },
        'x-effect': { list: 'book' },
        responses: {
          '200': {
            description: 'x',
            content: {
              'application/json': {
                schema: {
                  type: 'array',
                  items: { type: 'object', properties: { id: text, title: text, pages: { type: 'integer' } } },
                },
              },
            },
          },
        },
      },
    },
  },
  components: { 'x-resources': { book: { key: 'id' } } },
});
const [listing] = contract.operations as readonly [Operation];
const subject = (id: string, sent?: JsonObject): Subject => ({
  resource: 'book',
  id,
  name: id,
  value: {},
  ...(sent && { sent }),
});
const SUBJECTS = [subject('a', { title: 'A', pages: 3, secret: 's' }), subject('b', { title: 'B' }), subject('c')];

/** The differences of these entries, each listed under its id. */
function differences(entries: Readonly<Record<string, Json>>, status = 200): readonly string[] {
  const request = buildRequest(listing, noValues);
  const exchange = { request, response: { status, headers: {}, text: '' }, durationMs: 1 };
  const listed = Object.entries(entries).map(([id, entry]) => ({ id, entry }));
  // Only these parts of a listing are read.
  const expected = { listing, resource: 'book' } as unknown as ExpectedListing;
  const actual = { entries: listed, exchange } as unknown as ListedEntries;
  return entryDifferences(expected, actual, { contract, subjects: SUBJECTS, before: [exchange] }).map((one) => {
    expect([one.exchange, one.before]).toEqual([exchange, [exchange]]);
    return `${one.cause} (${one.evidence.grade}): ${one.expected}, not ${one.actual}`;
  });
}

it.each<{ given: string; entries: Readonly<Record<string, Json>>; status?: number; want: readonly string[] }>([
  { given: 'entries as they were sent', entries: { a: { title: 'A', pages: 3 }, b: { title: 'B' } }, want: [] },
  {
    given: 'another value, and an absent one',
    entries: { a: { title: 'Z' } },
    want: [
      'property title of a listed book is not what was sent (reported): title: "A", not title: "Z"',
      'property pages of a listed book is not what was sent (reported): pages: 3, not pages: absent',
    ],
  },
  {
    given: 'the same property of two entries, reported once',
    entries: { b: { title: 'Y' }, a: { title: 'Z', pages: 3 } },
    want: ['property title of a listed book is not what was sent (reported): title: "B", not title: "Y"'],
  },
  { given: 'a property that was not sent', entries: { b: { title: 'B', pages: 9 } }, want: [] },
  {
    given: 'a property that the listing does not show',
    entries: { a: { title: 'A', pages: 3, secret: 'x' } },
    want: [],
  },
  {
    given: 'an entry of no subject, and one that the run did not create',
    entries: { x: { title: 'X' }, c: {} },
    want: [],
  },
  { given: 'an entry that is not an object', entries: { a: 'A' }, want: [] },
  { given: 'an undocumented answer', entries: { a: { title: 'Z' } }, status: 500, want: [] },
])('a listing shows $given', ({ entries, status, want }) => {
  expect(differences(entries, status)).toEqual(want);
});
