import { expect, test } from 'vitest';
import {
  ParameterError,
  RedirectError,
  RequestError,
  ResponseError,
  TokenError,
  UnexpectedResponseError,
} from './errors.js';
import { origins } from './excerpt.js';

const html = new Response('<p>', { status: 502, headers: { 'content-type': 'text/html' } });
const bare = new Response(null, { status: 302 });
const remembered = new Response(null, { status: 404 });
origins.set(remembered, { what: 'GET /a', secrets: ['s3cret', undefined] });
const caused = (cause: unknown) => Object.assign(new TypeError('fetch failed'), { cause });

test.each<{ error: Error & { code: string }; name: string; code: string; message: string; more?: object }>([
  {
    error: new ParameterError('id', 'GET /a/{id}', 'a text', '..'),
    name: 'ParameterError',
    code: 'PARAMETER_REFUSED',
    message: 'GET /a/{id}: expected a text for "id", received ".."',
    more: { parameter: 'id' },
  },
  {
    error: new RequestError('GET /a', caused({ message: 'connect failed', code: 'ECONNREFUSED' })),
    name: 'RequestError',
    code: 'REQUEST_FAILED',
    message: 'GET /a: no response, TypeError: fetch failed (connect failed)',
  },
  {
    error: new RequestError('GET /a', caused({ message: '', code: 'ECONNREFUSED' })),
    name: 'RequestError',
    code: 'REQUEST_FAILED',
    message: 'GET /a: no response, TypeError: fetch failed (ECONNREFUSED)',
  },
  {
    error: new RequestError('GET /a', new DOMException('too long', 'TimeoutError')),
    name: 'RequestError',
    code: 'REQUEST_TIMED_OUT',
    message: 'GET /a: no response, TimeoutError: too long',
  },
  {
    error: new RequestError('GET /a', undefined),
    name: 'RequestError',
    code: 'REQUEST_FAILED',
    message: 'GET /a: no response, undefined',
    more: { cause: undefined },
  },
  {
    error: new TokenError('POST /token', '401 no'),
    name: 'TokenError',
    code: 'TOKEN_REFUSED',
    message: 'POST /token: expected an access token, received 401 no',
    more: { status: 0 },
  },
  {
    error: new TokenError('POST /token', '401 no', 401),
    name: 'TokenError',
    code: 'TOKEN_REFUSED',
    message: 'POST /token: expected an access token, received 401 no',
    more: { status: 401 },
  },
  {
    error: new UnexpectedResponseError('GET /a', '200', html, '<p>'),
    name: 'UnexpectedResponseError',
    code: 'UNEXPECTED_RESPONSE',
    message: 'GET /a: expected 200, received 502 text/html, "<p>"',
    more: { status: 502, contentType: 'text/html', excerpt: '<p>' },
  },
  {
    error: new UnexpectedResponseError('GET /a', '200', bare, ''),
    name: 'UnexpectedResponseError',
    code: 'UNEXPECTED_RESPONSE',
    message: 'GET /a: expected 200, received 302 without Content-Type, no body',
    more: { status: 302, contentType: '', excerpt: '' },
  },
  {
    error: new RedirectError('GET /a', '200', bare, 'https://evil.example'),
    name: 'RedirectError',
    code: 'REDIRECT_REFUSED',
    message: 'GET /a: expected 200, received 302 redirect to "https://evil.example"',
    more: { status: 302, location: 'https://evil.example', excerpt: '' },
  },
  {
    error: new RedirectError('GET /a', '200', bare, ''),
    name: 'RedirectError',
    code: 'REDIRECT_REFUSED',
    message: 'GET /a: expected 200, received 302 redirect to no URL',
    more: { location: '' },
  },
  {
    error: new ResponseError({ message: 'no s3cret' }, remembered),
    name: 'ResponseError',
    code: 'RESPONSE_NOT_OK',
    message: 'GET /a: expected a success, received 404 {"message":"no ***"}',
    more: { status: 404, cause: { message: 'no s3cret' }, response: remembered },
  },
  {
    error: new ResponseError(undefined, bare, 'a list'),
    name: 'ResponseError',
    code: 'RESPONSE_NOT_OK',
    message: 'response: expected a list, received 302 ',
    more: { cause: undefined },
  },
  {
    error: new ResponseError(new RangeError('of another kind'), bare),
    name: 'ResponseError',
    code: 'RESPONSE_NOT_OK',
    message: 'of another kind',
    more: { status: 302 },
  },
])('$name: $message', ({ error, name, code, message, more = {} }) => {
  expect(error).toBeInstanceOf(Error);
  expect({ name: error.name, code: error.code, message: error.message }).toEqual({ name, code, message });
  expect(error).toMatchObject(more);
});
