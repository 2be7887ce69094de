import { expect, test } from 'vitest';
import { addressError, checkAddress, secureOptionsOf, urlAt } from './address.js';
import { newAuthority } from './new-certificate.js';

test.each([
  { host: '127.0.0.1', secure: false, want: 'http://127.0.0.1:80' },
  { host: '127.0.0.1', secure: true, want: 'https://127.0.0.1:80' },
  { host: '0.0.0.0', secure: false, want: 'http://127.0.0.1:80' },
  { host: '::', secure: false, want: 'http://[::1]:80' },
  { host: '::1', secure: false, want: 'http://[::1]:80' },
  { host: 'tenant.test', secure: false, want: 'http://tenant.test:80' },
])('the URL at $host is $want', ({ host, secure, want }) => {
  expect(urlAt(host, 80, secure)).toBe(want);
});

test.each([
  { code: 'EADDRINUSE', want: 'port 80 on h is in use; choose another --port, or omit it to use a free one' },
  { code: 'EACCES', want: 'no permission to listen on port 80 of h; choose a --port above 1023' },
  { code: 'EADDRNOTAVAIL', want: 'h is not an address of this machine; pass a local one with --host' },
  { code: 'ENOTFOUND', want: 'unknown host "h"; check --host' },
  { code: 'EOTHER', want: 'cannot listen on h, port 80: reason' },
  { code: undefined, want: 'cannot listen on h, port 80: reason' },
])('$code is reported as "$want"', ({ code, want }) => {
  const cause = Object.assign(new Error('reason'), code === undefined ? {} : { code });
  expect(addressError(cause, 'h', 80)).toMatchObject({ code: 'TENANT_ADDRESS', message: want, cause });
});

test.each([0, 1, 65_535])('port %d is valid', (port) => {
  expect(() => checkAddress('127.0.0.1', port)).not.toThrow();
});

test.each([-1, 65_536, 0.5, Number.NaN])('port %d is invalid', (port) => {
  expect(() => checkAddress('127.0.0.1', port)).toThrow(`invalid port "${port}"; expected an integer from 0 to 65535`);
});

test.each(['', ' '])('host "%s" is invalid', (host) => {
  expect(() => checkAddress(host, 0)).toThrow(
    'the host is empty; expected an address such as 127.0.0.1, or 0.0.0.0 for all interfaces',
  );
});

test('a certificate and its key are used as they are; anything else says what is wrong with it', async () => {
  const [{ certificate: cert, key }, other] = [await newAuthority(['a'], Date.now()), await newAuthority(['b'], 0)];
  expect(secureOptionsOf({ cert, key })).toEqual({ cert, key });
  const reason = (options: Parameters<typeof secureOptionsOf>[0]): unknown => {
    try {
      return secureOptionsOf(options);
    } catch (error) {
      return error;
    }
  };
  expect(reason({ cert, key: other.key })).toMatchObject({
    code: 'TENANT_CERTIFICATE',
    message: 'the private key (tls.key) does not match the certificate (tls.cert); pass a matching pair',
  });
  expect(reason({ cert: 'x', key })).toMatchObject({
    code: 'TENANT_CERTIFICATE',
    message: expect.stringMatching(/^cannot read the certificate \(tls\.cert\): .+; expected PEM$/),
    cause: expect.any(Error),
  });
  expect(reason({ cert, key: 'x' })).toMatchObject({
    code: 'TENANT_CERTIFICATE',
    message: expect.stringMatching(/^cannot read the private key \(tls\.key\): .+; expected PEM$/),
  });
});
