import { describe, expect, it } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import type { Subject } from '../fixtures/fixtures.js';
import { Effects } from '../lookup/effects.js';
import { expectedListings } from './relation-listing.js';
import { namingRequest, prepareSubjects, relationOperations, requestOfStep } from './relation-operations.js';
import { remainingSideOf } from './relation-step.js';
import { noTuples, withTuples } from './tuple-set.js';

const path = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const change = (kind: string, id: string, bound: Record<string, string>, each: Record<string, string>) => ({
  operationId: id,
  parameters: Object.values(bound).map(path),
  requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
  responses: { '204': { description: 'Done' } },
  'x-effect': { [kind]: 'loans', of: bound, each },
});
const listing = (id: string, bound: Record<string, string>) => ({
  operationId: id,
  parameters: Object.values(bound).map(path),
  responses: { '200': { description: 'All' } },
  'x-effect': { list: 'loans', of: bound },
});
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Library', version: '1' },
  paths: {
    '/readers/{id}/books': {
      post: change('add', 'lend', { reader: 'id' }, { book: '/books' }),
      delete: change('remove', 'return', { reader: 'id' }, { book: '/books' }),
      get: listing('books', { reader: 'id' }),
    },
    '/books/{isbn}/readers': {
      post: change('add', 'lendTo', { book: 'isbn' }, { reader: '/readers' }),
      get: listing('readers', { book: 'isbn' }),
    },
    '/shelves': { get: { operationId: 'shelves', responses: { '200': { description: 'All' } } } },
  },
  components: {
    'x-resources': { reader: { key: 'id' }, book: { key: 'isbn' } },
    'x-relations': { loans: { between: ['reader', 'book'] } },
  },
});
const effects = new Effects(contract);
const named = (id: string): Operation => {
  const operation = contract.operations.find((each) => each.id === id);
  if (operation === undefined) throw new Error(`no operation ${id}`);
  return operation;
};
const subject = (resource: string, index: number): Subject => {
  const id = `${resource}${index}`;
  return { resource, id, name: id, value: {} };
};
const fixtures = {
  operations: (...of: Parameters<Effects['all']>) => effects.all(...of),
  subjects: async (resource: string, count: number) =>
    Array.from({ length: count }, (_, index) => subject(resource, index)),
};

async function library(id: string) {
  const operations = relationOperations(contract, fixtures, named(id));
  if (operations === undefined) throw new Error('no relation');
  // The other members of the fixtures are not used.
  const subjects = await prepareSubjects(operations, fixtures as unknown as Parameters<typeof prepareSubjects>[1]);
  return { operations, subjects };
}

describe('the operations of a relation', () => {
  it('are found from one of them, with more subjects on the side that lists name', async () => {
    const { operations, subjects } = await library('lend');
    expect(operations.add.map(({ id }) => id)).toEqual(['lend', 'lendTo']);
    expect(operations.remove.map(({ id }) => id)).toEqual(['return']);
    expect(operations.list.map(({ id }) => id)).toEqual(['books', 'readers']);
    expect(subjects.map((side) => side.map(({ id }) => id))).toEqual([
      ['reader0', 'reader1'],
      ['book0', 'book1', 'book2', 'book3'],
    ]);
    expect((await library('lendTo')).operations.counts).toEqual([4, 2]);
  });

  it('are none for an operation without a relation', () => {
    expect(relationOperations(contract, fixtures, named('shelves'))).toBeUndefined();
  });

  it('become requests from either side', async () => {
    const { operations, subjects } = await library('lend');
    const one = requestOfStep(operations, subjects, { kind: 'add', via: 0, fixed: [1], many: [0, 3] });
    expect(one).toMatchObject({ method: 'POST', path: '/readers/reader1/books', body: '{"books":["book0","book3"]}' });
    const other = requestOfStep(operations, subjects, { kind: 'add', via: 1, fixed: [2], many: [1] });
    expect(other).toMatchObject({ path: '/books/book2/readers', body: '{"readers":["reader1"]}' });
    const removal = requestOfStep(operations, subjects, { kind: 'remove', via: 0, fixed: [0], many: [1] });
    expect(removal).toMatchObject({ method: 'DELETE', path: '/readers/reader0/books' });
    expect(requestOfStep(operations, subjects, { kind: 'remove', via: 1, fixed: [0], many: [1] })).toBeUndefined();
  });

  it('send no body where no list is named', () => {
    const request = namingRequest(named('books'), { reader: subject('reader', 5) }, ['ignored']);
    expect(request).toMatchObject({ method: 'GET', path: '/readers/reader5/books' });
    expect(request.body).toBeUndefined();
  });
});

describe('the expected listings', () => {
  it('show the model from each side, for every subject that a path can name', async () => {
    const { operations, subjects } = await library('lend');
    const model = withTuples(noTuples, [
      [0, 3],
      [0, 1],
      [1, 1],
    ]);
    const listings = expectedListings(operations, subjects, model).map(({ listing: { id }, sides, resource, ids }) => {
      const by = Object.values(sides).map((side) => side.id);
      return `${id} ${by.join()}: ${resource} ${ids.join()}`;
    });
    expect(listings).toEqual([
      'books reader0: book book1,book3',
      'books reader1: book book1',
      'readers book0: reader ',
      'readers book1: reader reader0,reader1',
      'readers book2: reader ',
      'readers book3: reader reader0',
    ]);
  });
});

it.each([
  { id: 'lend', want: 'book' },
  { id: 'readers', want: 'reader' },
])('the remaining side of $id is $want', ({ id, want }) => {
  const relation = contract.relations.get('loans');
  expect(relation && remainingSideOf(relation, named(id).effect)).toBe(want);
});
