import { afterEach, describe, expect, test } from 'vitest';
import { createLibrary } from '../test-support/library.js';
import { startServer, type TestServer } from '../test-support/server.js';
import { call } from './call.js';
import { fillPath, type PathStyle, styledPath } from './path.js';

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

describe('a path parameter in a style', () => {
  const list = ['a', 'b/c'];
  const object = { x: 1, y: 'z' };
  test.each<[PathStyle, unknown, string]>([
    ['', list, '/a,b%2Fc'],
    ['*', list, '/a,b%2Fc'],
    ['', object, '/x,1,y,z'],
    ['*', object, '/x=1,y=z'],
    ['.', 5, '/.5'],
    ['.', list, '/.a,b%2Fc'],
    ['.*', list, '/.a.b%2Fc'],
    ['.', object, '/.x,1,y,z'],
    ['.*', object, '/.x=1.y=z'],
    [';', 5, '/;id=5'],
    [';', list, '/;id=a,b%2Fc'],
    [';*', list, '/;id=a;id=b%2Fc'],
    [';', object, '/;id=x,1,y,z'],
    [';*', object, '/;x=1;y=z'],
    ['+', 'a:b/c?d', '/a:b%2Fc%3Fd'],
  ])('"%s" of %j is "%s"', (style, value, want) => {
    expect(styledPath(style)('/{id}', [value])).toBe(want);
  });

  test.each<[PathStyle, unknown]>([
    ['', []],
    ['', {}],
    ['.', ''],
    ['.', '.'],
    ['', undefined],
  ])('"%s" of %j would change the route, and is rejected', (style, value) => {
    expect(() => styledPath(style)('/{id}', [value])).toThrow(expect.objectContaining({ code: 'PARAMETER_REFUSED' }));
  });
});

describe('the path of the server', () => {
  test.each([
    ['https://api.example', 'https://api.example/api/v2/users/1'],
    ['https://api.example/', 'https://api.example/api/v2/users/1'],
    ['https://api.example/api/v2', 'https://api.example/api/v2/users/1'],
    ['https://api.example/api/v2/', 'https://api.example/api/v2/users/1'],
    ['https://proxy.example/auth', 'https://proxy.example/auth/api/v2/users/1'],
    ['https://proxy.example/auth/api/v2', 'https://proxy.example/auth/api/v2/users/1'],
  ])('is there once with the base URL "%s"', async (baseUrl, want) => {
    const urls: string[] = [];
    const fetch = async ({ url }: Request) => {
      urls.push(url);
      return new Response(null, { status: 204 });
    };
    await call({ baseUrl, fetch }, ['GET', '/api/v2 /users/{id}', '204:none'], ['1']);
    expect(urls).toEqual([want]);
  });
});
