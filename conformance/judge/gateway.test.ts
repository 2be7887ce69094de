import { describe, expect, it } from 'vitest';
import type { Exchange } from '../target/exchange.js';
import { judgeGateway } from './gateway.js';

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
