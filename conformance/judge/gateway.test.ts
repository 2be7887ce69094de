import { describe, expect, it } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import type { Exchange } from '../target/exchange.js';
import { judgeGateway, judgeRedirect, judgeRouter } from './gateway.js';

const NGINX =
  '<html>\r\n<head><title>400 Bad Request</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n';
const APACHE =
  '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<hr>\n<address>Apache/2.4.57 (Debian) Server at h Port 80</address>\n</body></html>\n';

function answered(path: string, text: string, more: Partial<Exchange> = {}): Exchange {
  return {
    request: { method: 'GET', path, headers: {} },
    response: { status: 400, headers: { 'content-type': 'text/html' }, text },
    durationMs: 0,
    ...more,
  };
}

const document = (path: string) =>
  readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { [path]: { get: { responses: {} } } } });

/** A request of the only operation of a path. */
function request(path: string, of: string): Exchange['request'] {
  const [operation] = document(of).operations;
  return { method: 'GET', path, headers: {}, ...(operation && { operation }) };
}

function redirected(path: string, location: string, status = 307): Exchange {
  return { ...answered(path, ''), response: { status, headers: { location }, text: '' } };
}

describe('an error page of a gateway', () => {
  it.each([
    {
      name: 'nginx, for a null byte',
      given: answered('/berths/a%00b', NGINX),
      want: 'nginx refuses a null byte in the path',
    },
    {
      name: 'Apache, for an encoded slash',
      given: answered('/berths/a%2Fb', APACHE),
      want: 'Apache refuses an encoded slash in the path',
    },
    {
      name: 'nginx, for dots',
      given: answered('/berths/./ships', NGINX),
      want: 'nginx refuses dots or an empty segment in the path',
    },
    {
      name: 'nginx, for an empty id',
      given: answered('/berths/?page=1', NGINX, { request: request('/berths/?page=1', '/berths/{id}') }),
      want: 'nginx refuses dots or an empty segment in the path',
    },
    {
      name: 'nginx, for long headers',
      given: answered('/berths', NGINX, { authorization: `Bearer ${'x'.repeat(9000)}` }),
      want: 'nginx refuses long headers',
    },
  ])('$name is an observation', ({ given, want }) => {
    expect(judgeGateway(given)).toMatchObject({ cause: want, evidence: { grade: 'unknown' } });
  });

  it.each([
    { name: 'for a usual request', given: answered('/berths/a', NGINX) },
    {
      name: 'for a path that ends with a slash in the contract',
      given: answered('/berths/', NGINX, { request: request('/berths/', '/berths/') }),
    },
    { name: 'for an encoded slash in the query', given: answered('/berths?at=a%2Fb', NGINX) },
    {
      name: 'where the service answers in JSON',
      given: answered('/berths/a%00b', '{"message":"<center>nginx"}', {
        response: { status: 400, headers: { 'content-type': 'application/json' }, text: '{"message":"<center>nginx"}' },
      }),
    },
    {
      name: "where the page is the service's own",
      given: answered('/berths/a%00b', '<html><h1>Bad Request</h1></html>'),
    },
    {
      name: 'where the request succeeded',
      given: answered('/berths/a%00b', NGINX, {
        response: { status: 200, headers: { 'content-type': 'text/html' }, text: NGINX },
      }),
    },
  ])('says nothing $name', ({ given }) => {
    expect(judgeGateway(given)).toBeUndefined();
  });
});

describe('a redirect of an unusual path to the plain one', () => {
  it.each([
    { name: 'without the slash that an id ends with', given: redirected('/berths/a%2F', 'http://h:80/berths/a') },
    { name: 'with a slash at the end', given: redirected('/berths/a%2Fb', '/berths/a/b/', 301) },
    { name: 'by a path that is relative', given: redirected('/berths/a%5C', 'a', 308) },
    { name: 'without an empty segment', given: redirected('/berths//ships?page=1', '/berths/ships?page=1', 301) },
    { name: 'that it does not encode again', given: redirected('/berths/a%7C%25%252Fb%2F', '/berths/a|%%2Fb') },
    { name: 'without dots', given: redirected('/berths/a%2F..%2Fb', '/berths/b', 302) },
    { name: 'with a path in front', given: redirected('/berths/a%2F', 'https://h/api/berths/a') },
  ])('$name is an observation', ({ given }) => {
    expect(judgeRedirect(given)).toMatchObject({
      cause: expect.stringMatching(/^a router redirects (an encoded slash|dots or an empty segment) in the path$/),
      actual: expect.stringMatching(/^30\d to \//),
      evidence: { grade: 'unknown' },
    });
  });

  it.each([
    { name: 'of a usual path', given: redirected('/berths', '/berths/') },
    { name: 'of a path that the contract has with a slash', given: redirected('/berths/', '/berths') },
    { name: 'to another path', given: redirected('/berths/a%2F', '/login') },
    { name: 'to another host', given: redirected('/berths//h%2Fa', '//h/a') },
    { name: 'to the same path', given: redirected('/berths/a%2F', 'https://h/berths/a%2F') },
    { name: 'without a place', given: { ...redirected('/berths/a%2F', ''), response: answered('/', '').response } },
    { name: 'of a status that is none', given: redirected('/berths/a%2F', '/berths/a', 201) },
  ])('none $name', ({ given }) => {
    expect(judgeRedirect(given)).toBeUndefined();
  });
});

describe('a not-found answer of a router', () => {
  const JSON_ANSWER = { content: [{ type: 'application/problem+json', schema: {} }] };
  const router = (path: string, more: Partial<Exchange['response']> = {}): Exchange => ({
    ...answered(path, ''),
    response: { status: 404, headers: { 'content-type': 'text/plain' }, text: '404 page not found', ...more },
  });

  it.each(['/berths/a%2Fb', '/berths/%2e', '/berths/a%00b'])('%s is an observation', (path) => {
    expect(judgeRouter(router(path), JSON_ANSWER, true)).toMatchObject({
      cause: expect.stringMatching(/^a router finds nothing for /),
      actual: '404 with text/plain',
      evidence: { grade: 'unknown' },
    });
  });

  it('is one also in JSON of another shape than the contract has', () => {
    const given = router('/berths/a%2Fb', {
      headers: { 'content-type': 'application/json' },
      ...{ text: '{"message":"no route"}', json: { message: 'no route' } },
    });
    expect(judgeRouter(given, JSON_ANSWER, true)?.actual).toBe('404 with application/json');
  });

  it.each([
    { name: 'of a usual path', given: router('/berths/a') },
    { name: 'of a usual path, in JSON', given: router('/berths/a', { text: '{}', json: {} }) },
    {
      name: 'in JSON as the contract has it',
      given: router('/berths/a%2Fb', { text: '{}', json: {} }),
      isWrong: false,
    },
    { name: 'of another status', given: router('/berths/a%2Fb', { status: 400 }) },
    { name: 'without a text', given: router('/berths/a%2Fb', { text: '' }) },
  ])('none $name', ({ given, isWrong = true }) => {
    expect(judgeRouter(given, JSON_ANSWER, isWrong)).toBeUndefined();
  });

  it('none where the contract has text for it', () => {
    expect(
      judgeRouter(router('/berths/a%2Fb'), { content: [{ type: 'text/plain', schema: {} }] }, true),
    ).toBeUndefined();
  });
});
