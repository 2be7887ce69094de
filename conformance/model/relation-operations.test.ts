import { describe, expect, it } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import type { CheckContext } from '../check.js';
import type { Subject } from '../fixtures/fixtures.js';
import { Effects } from '../lookup/effects.js';
import type { PlannedRequest } from '../target/request.js';
import { parseJson } from '../target/target.js';
import { expectedListings, listsExactly, readExpected, readRelationListing } from './relation-listing.js';
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
/** Listings of the same path; what the second shows may be late. */
const listings = (id: string): Operation => {
  const books = named('books');
  return id === 'late' && books.effect ? { ...books, effect: { ...books.effect, consistency: 'eventual' } } : books;
};
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
    const one = requestOfStep(contract, operations, subjects, { kind: 'add', via: 0, fixed: [1], many: [0, 3] });
    expect(one).toMatchObject({ method: 'POST', path: '/readers/reader1/books', body: '{"books":["book0","book3"]}' });
    const other = requestOfStep(contract, operations, subjects, { kind: 'add', via: 1, fixed: [2], many: [1] });
    expect(other).toMatchObject({ path: '/books/book2/readers', body: '{"readers":["reader1"]}' });
    const removal = requestOfStep(contract, operations, subjects, { kind: 'remove', via: 0, fixed: [0], many: [1] });
    expect(removal).toMatchObject({ method: 'DELETE', path: '/readers/reader0/books' });
    expect(
      requestOfStep(contract, operations, subjects, { kind: 'remove', via: 1, fixed: [0], many: [1] }),
    ).toBeUndefined();
  });

  it('name nothing in place of a subject that there is not', async () => {
    const { operations, subjects } = await library('lend');
    const step = { kind: 'add', via: 0, fixed: [7], many: [9, 1] } as const;
    expect(requestOfStep(contract, operations, subjects, step)).toMatchObject({
      path: '/readers//books',
      body: '{"books":["book1"]}',
    });
    expect(requestOfStep(contract, operations, [], step)).toMatchObject({
      path: '/readers//books',
      body: '{"books":[]}',
    });
    const unfixed = requestOfStep(contract, operations, subjects, { ...step, fixed: [] });
    expect(unfixed).toMatchObject({ path: '/readers/reader0/books' });
    expect(namingRequest(contract, named('lend'), { sides: {}, names: [] })).toMatchObject({
      path: '/readers//books',
      body: '{"books":[]}',
    });
    expect(namingRequest(contract, named('shelves'), { sides: {}, names: [] }).body).toBeUndefined();
  });

  it('send no body where no list is named', () => {
    const request = namingRequest(contract, named('books'), {
      sides: { reader: subject('reader', 5) },
      names: ['ignored'],
    });
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
    const expected = expectedListings(operations, subjects, model).map(({ listing: { id }, sides, resource, ids }) => {
      const by = Object.values(sides).map((side) => side.id);
      return `${id} ${by.join()}: ${resource} ${ids.join()}`;
    });
    expect(expected).toEqual([
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

describe('reading a listing', () => {
  const sides = { reader: subject('reader', 1) };

  /** Reads a listing whose answers are these, in turn. */
  async function read(
    id: string,
    answers: readonly (readonly [status: number, ids: readonly string[]])[],
    until?: (ids: readonly string[]) => boolean,
  ) {
    const sent: string[] = [];
    const waited: string[] = [];
    const context = {
      send: async (request: PlannedRequest) => {
        sent.push(request.path);
        const [status, ids] = answers[Math.min(sent.length, answers.length) - 1] ?? [200, []];
        const text = JSON.stringify(ids.map((isbn) => (isbn === '-' ? {} : { isbn })));
        return { request, response: { status, headers: {}, text, ...parseJson(text) }, durationMs: 1 };
      },
      fixtures: {
        idOf: (_: string, entry: { readonly isbn?: string }) => entry.isbn,
        list: async (relation: string, at: object) => {
          waited.push(`${relation} ${Object.keys(at)}`);
          return [];
        },
      },
    } as unknown as CheckContext;
    const from = { listing: listings(id), sides, resource: 'book' };
    const { ids, exchange } = await readRelationListing(context, from, until);
    return { sent, waited, ids, status: exchange.response.status };
  }

  it('gives the ids of its entries; those without one are none', async () => {
    expect(await read('books', [[200, ['b', '-', 'a']]])).toEqual({
      sent: ['/readers/reader1/books'],
      waited: [],
      ids: ['b', 'a'],
      status: 200,
    });
  });

  it('does not repeat one that shows changes at once, nor one that fails', async () => {
    expect(await read('books', [[200, ['a']]], () => false)).toMatchObject({ waited: [], ids: ['a'] });
    expect(await read('late', [[404, []]], () => false)).toMatchObject({ waited: [], status: 404 });
  });

  it('waits where changes show late, then reads again', async () => {
    const late = (ids: readonly string[]) => ids.length > 1;
    const first = [200, ['a']] as const;
    const second = [200, ['a', 'b']] as const;
    expect(await read('late', [first, second], late)).toMatchObject({ waited: ['loans reader'], ids: ['a', 'b'] });
    expect(await read('late', [second, first], late)).toMatchObject({ waited: [], ids: ['a', 'b'] });
    expect(await read('late', [first])).toMatchObject({ waited: [], ids: ['a'] });
  });

  it('expects exactly some ids, each once, in any order', async () => {
    expect([listsExactly(['a', 'b'], ['b', 'a']), listsExactly([], [])]).toEqual([true, true]);
    expect([
      listsExactly(['a', 'b'], ['a']),
      listsExactly(['a'], ['a', 'a']),
      listsExactly(['a', 'b'], ['a', 'a']),
    ]).toEqual([false, false, false]);
    const context = {
      send: async (request: PlannedRequest) => ({
        request,
        response: { status: 200, headers: {}, text: '[]', json: [] },
        durationMs: 1,
      }),
      fixtures: {
        idOf: () => undefined,
        list: (_: string, _sides: object, until: (ids: readonly string[]) => boolean) =>
          Promise.reject(new Error(`waits: ${until(['b', 'a'])} ${until(['a'])}`)),
      },
    } as unknown as CheckContext;
    const expected = { listing: listings('late'), sides, resource: 'book', ids: ['a', 'b'] };
    await expect(readExpected(context, expected)).rejects.toThrow('waits: true false');
  });

  it('that leaves several sides free is not expected', async () => {
    const { operations, subjects } = await library('lend');
    const whole = { ...named('books'), effect: { ...named('books').effect, of: {} } } as Operation;
    expect(expectedListings({ ...operations, list: [whole] }, subjects, noTuples)).toEqual([]);
    // Subjects may be fewer than planned.
    const model = withTuples(noTuples, [
      [0, 3],
      [0, 0],
    ]);
    const [few] = expectedListings(
      { ...operations, list: [named('books')] },
      [[subject('reader', 0)], [subject('book', 0)]],
      model,
    );
    expect(few?.ids).toEqual(['book0']);
    const none = expectedListings({ ...operations, list: [named('books')] }, [], model);
    expect(none.map(({ sides: named, ids }) => [Object.keys(named), ids])).toEqual([
      [[], []],
      [[], []],
    ]);
  });
});
