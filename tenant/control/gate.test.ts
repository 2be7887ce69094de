import { expect, test } from 'vitest';
import { gateRefusal } from './gate.js';

const refusalOf = (headers: Readonly<Record<string, string>>, isRemote?: boolean) =>
  gateRefusal(
    { method: 'GET', path: '/', query: '', body: '', headers, ...(isRemote === undefined ? {} : { isRemote }) },
    new Set(['tenant']),
  );

test.each<[Readonly<Record<string, string>>, boolean?]>([
  [{}],
  [{ host: 'localhost' }],
  [{ host: 'LOCALHOST:80' }, false],
  [{ host: '[::1]:80' }],
  [{ host: '[fe80::1]' }],
  [{ host: '10.0.0.1:8080' }],
  [{ host: 'tenant' }, true],
  [{ host: 'Tenant:80' }, true],
  [{ host: 'localhost:81', origin: 'http://localhost:81' }],
  [{ host: 'localhost', 'sec-fetch-site': 'same-origin' }],
  [{ host: 'localhost', 'sec-fetch-site': 'none' }],
])('%j is let through', (headers, isRemote) => {
  expect(refusalOf(headers, isRemote)).toBeUndefined();
});

const HOST = (host: string) =>
  `the host "${host}" may not use the control API; call it at localhost, or allow the host with --control-host`;
const REMOTE = 'the control API serves this machine only; allow the host name that others use with --control-host';
const PAGE = (origin: string) => `a page of "${origin}" cannot use the control API; serve the page from the tenant`;

test.each<[Readonly<Record<string, string>>, boolean | undefined, string]>([
  [{ host: 'Evil.example:80' }, undefined, HOST('evil.example:80')],
  [{ host: 'tenant.evil.example' }, undefined, HOST('tenant.evil.example')],
  [{ host: 'localhost:80:90' }, undefined, HOST('localhost:80:90')],
  [{ host: 'localhost' }, true, REMOTE],
  [{ host: '10.0.0.1' }, true, REMOTE],
  [{}, true, REMOTE],
  [{ host: 'localhost', origin: 'http://localhost:3000' }, undefined, PAGE('http://localhost:3000')],
  [{ host: 'localhost', origin: 'null' }, undefined, PAGE('null')],
  [
    { host: 'localhost', 'sec-fetch-site': 'cross-site' },
    undefined,
    'a page of another site cannot use the control API; serve the page from the tenant',
  ],
])('%j is refused', (headers, isRemote, want) => {
  expect(refusalOf(headers, isRemote)).toBe(want);
});
