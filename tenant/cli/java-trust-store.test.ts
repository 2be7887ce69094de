import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { javaTrustStore } from './java-trust-store.js';

const pem = (der: string): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;

test('a trust store has each certificate once, with the date, and ends with its checksum', () => {
  const store = javaTrustStore(`# a comment\n${pem('one')}${pem('two')}${pem('one')}`, 1_700_000_000_000);
  const content = store.subarray(0, -20);
  expect([content.readUInt32BE(0), content.readUInt32BE(4), content.readUInt32BE(8)]).toEqual([0xfeedfeed, 2, 2]);
  const entry = content.subarray(12, content.indexOf('one') + 3);
  expect(entry.toString('latin1')).toBe(
    '\0\0\0\x02\0\x0bauthority-0\0\0\x01\x8b\xcf\xe5\x68\0\0\x05X.509\0\0\0\x03one',
  );
  expect(content.subarray(-3).toString()).toBe('two');
  const password = Buffer.from('\0c\0h\0a\0n\0g\0e\0i\0t');
  const digest = createHash('sha1').update(password).update('Mighty Aphrodite').update(content).digest();
  expect(store.subarray(-20)).toEqual(digest);
});
