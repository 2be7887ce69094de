import { afterEach, describe, expect, test } from 'vitest';
import { createLibrary } from '../test-support/library.js';
import { startServer, type TestServer } from '../test-support/server.js';
import { fillPath } from './path.js';

describe('an id that would change the route is rejected', () => {
  test.each([['..'], ['.'], ['']])('%j', (id) => {
    expect(() => fillPath('/users/{id}/roles', [id])).toThrow(
      `/users/{id}/roles: expected an id for "id", received ${JSON.stringify(id)}`,
    );
  });

  test.each([[undefined], [null]])('%j, from code without types', (id) => {
    expect(() => fillPath('/users/{id}', [id])).toThrow(expect.objectContaining({ code: 'PARAMETER_REFUSED' }));
  });

  test('a lone surrogate, which a URL cannot contain', () => {
    expect(() => fillPath('/users/{id}', ['\ud800'])).toThrow(expect.objectContaining({ parameter: 'id' }));
  });
});

describe('ids', () => {
  let server: TestServer;
  afterEach(() => server.close());

  test('nothing is sent for a rejected one, and the error names its parameter', async () => {
    server = await startServer(() => ({ status: 204 }));
    const library = createLibrary({ baseUrl: server.url });
    await expect(library.shelves.books.place('1', '..', '2')).rejects.toMatchObject({
      code: 'PARAMETER_REFUSED',
      parameter: 'row',
    });
    expect(server.received).toEqual([]);
  });

  test.each([
    'auth0|63d1',
    'a/b',
    '100%',
    '%2e%2e',
    '%2F',
    'a?b=c',
    'a#b',
    'a b',
    'a+b',
    '...',
    '..a',
    '{book}',
    '$&',
    "'",
    ';x=1',
    'naïve 日本 🦊',
    'null',
  ])('%j arrives unchanged', async (id) => {
    server = await startServer(() => ({ status: 204 }));
    const library = createLibrary({ baseUrl: server.url });
    expect(await library.shelves.books.place(id, 7, id)).toMatchObject({ ok: true, status: 204 });
    const segments = server.received[0]?.url.split('/').map(decodeURIComponent);
    expect(segments).toEqual(['', 'v1', 'shelves', id, 'rows', '7', 'books', id]);
  });
});
