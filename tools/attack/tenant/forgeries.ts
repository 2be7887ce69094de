import { createHmac, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { Mode } from '../attack.js';

/** What a forger has: a genuine token, the public key, and keys that are not the tenant's. */
export interface Forger {
  readonly token: string;
  readonly header: Claims;
  readonly claims: Claims;
  readonly publicKey: KeyObject;
  /** Signs as the tenant does: for tokens whose claims alone are wrong. */
  readonly genuine: KeyObject;
  readonly foreign: KeyObject;
  /** Seconds since 1970. */
  readonly now: number;
}

export type Claims = Readonly<Record<string, unknown>>;

export interface Forgery extends Mode {
  make(forger: Forger): string;
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(header: Claims, claims: unknown, key: KeyObject): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function byHmac({ header, claims }: Forger, alg: string, secret: string | Buffer): string {
  const text = `${encoded({ ...header, alg })}.${encoded(claims)}`;
  return `${text}.${createHmac(alg.replace('HS', 'sha'), secret).update(text).digest('base64url')}`;
}

/** Header members that other libraries took keys or trust from, with a foreign key behind them. */
const HEADERS: Readonly<Record<string, (forger: Forger) => Claims>> = {
  'alg RS384': () => ({ alg: 'RS384' }),
  'alg RS512': () => ({ alg: 'RS512' }),
  'alg PS256': () => ({ alg: 'PS256' }),
  'alg ES256': () => ({ alg: 'ES256' }),
  'alg EdDSA': () => ({ alg: 'EdDSA' }),
  'alg rs256': () => ({ alg: 'rs256' }),
  'alg empty': () => ({ alg: '' }),
  'alg null': () => ({ alg: null }),
  'alg a list': () => ({ alg: ['RS256'] }),
  'alg missing': () => ({ alg: undefined }),
  'kid unknown': () => ({ kid: 'other' }),
  'kid empty': () => ({ kid: '' }),
  'kid null': () => ({ kid: null }),
  'kid a path': () => ({ kid: '../../../../dev/null' }),
  'kid a query': () => ({ kid: "x' UNION SELECT 'key" }),
  'kid __proto__': () => ({ kid: '__proto__' }),
  'kid a number': () => ({ kid: 1 }),
  'kid missing': () => ({ kid: undefined }),
  'an embedded jwk': ({ foreign }) => ({ jwk: createPublicKey(foreign).export({ format: 'jwk' }) }),
  'a jku': () => ({ jku: 'https://keys.invalid/jwks.json' }),
  'an x5u': () => ({ x5u: 'https://keys.invalid/cert.pem' }),
  'an x5c': () => ({ x5c: ['AAAA'] }),
  'crit of an unknown extension': () => ({ crit: ['x'], x: 1 }),
  'crit empty': () => ({ crit: [] }),
  'b64 false': () => ({ crit: ['b64'], b64: false }),
  'typ at+jwt of another key': () => ({ typ: 'at+jwt' }),
  'zip DEF': () => ({ zip: 'DEF' }),
  'enc A256GCM': () => ({ enc: 'A256GCM' }),
};

/** Header members that make a token invalid, whoever signed it. */
const BAD_HEADERS: readonly string[] = [
  'alg RS384',
  'alg RS512',
  'alg PS256',
  'alg ES256',
  'alg EdDSA',
  'alg rs256',
  'alg empty',
  'alg null',
  'alg a list',
  'alg missing',
  'kid unknown',
  'kid a path',
  'kid a query',
  'kid __proto__',
  'crit of an unknown extension',
  'crit empty',
];

const HOUR = 3600;
/** Claims that make a token invalid although the tenant's own key signed it. */
const CLAIMS: Readonly<Record<string, (forger: Forger) => Claims>> = {
  'expired an hour ago': ({ now }) => ({ iat: now - 2 * HOUR, exp: now - HOUR }),
  'expired just now': ({ now }) => ({ exp: now - 1 }),
  'expired in 1970': () => ({ exp: 0 }),
  'exp negative': () => ({ exp: -1 }),
  'exp missing': () => ({ exp: undefined }),
  'exp null': () => ({ exp: null }),
  'exp a text': ({ now }) => ({ exp: String(now + HOUR) }),
  'exp a list': ({ now }) => ({ exp: [now + HOUR] }),
  'exp an object': () => ({ exp: {} }),
  'exp true': () => ({ exp: true }),
  'valid in an hour': ({ now }) => ({ nbf: now + HOUR }),
  'nbf a text': () => ({ nbf: '0' }),
  'nbf null': () => ({ nbf: null }),
  'another audience': () => ({ aud: 'https://other.invalid/' }),
  'audience missing': () => ({ aud: undefined }),
  'audience null': () => ({ aud: null }),
  'audience empty': () => ({ aud: '' }),
  'audience a number': () => ({ aud: 1 }),
  'audience an empty list': () => ({ aud: [] }),
  'audiences of others': () => ({ aud: ['https://a.invalid/', 'https://b.invalid/'] }),
  'audience without its slash': ({ claims }) => ({ aud: String(claims.aud).replace(/\/$/, '') }),
  'audience with a path': ({ claims }) => ({ aud: `${claims.aud}x` }),
  'audience in upper case': ({ claims }) => ({ aud: String(claims.aud).toUpperCase() }),
  'audience with a space': ({ claims }) => ({ aud: ` ${claims.aud}` }),
  'another issuer': () => ({ iss: 'https://other.invalid/' }),
  'issuer missing': () => ({ iss: undefined }),
  'issuer null': () => ({ iss: null }),
  'issuer a list': ({ claims }) => ({ iss: [claims.iss] }),
  'issuer without its slash': ({ claims }) => ({ iss: String(claims.iss).replace(/\/$/, '') }),
  'issuer in upper case': ({ claims }) => ({ iss: String(claims.iss).toUpperCase() }),
  'issuer with a user': ({ claims }) => ({ iss: String(claims.iss).replace('://', '://x@') }),
  'subject missing': () => ({ sub: undefined }),
  'subject null': () => ({ sub: null }),
  'subject a number': () => ({ sub: 7 }),
  'subject a list': ({ claims }) => ({ sub: [claims.sub] }),
};

/** Payloads that are not an object of claims. */
const PAYLOADS: readonly unknown[] = [null, true, 0, 1e9, '', 'claims', [], [[]], [{}], {}];

/** Changes of a genuine token's text. */
const TEXTS: Readonly<Record<string, (token: string) => string>> = {
  'no signature': (token) => token.slice(0, token.lastIndexOf('.') + 1),
  'two parts': (token) => token.slice(0, token.lastIndexOf('.')),
  'one part': (token) => token.slice(0, token.indexOf('.')),
  'four parts': (token) => `${token}.x`,
  'five parts': (token) => `${token}.x.y`,
  'a dot at the start': (token) => `.${token}`,
  'a dot at the end': (token) => `${token}.`,
  'dots alone': () => '..',
  empty: () => '',
  'a text': () => 'opaque',
  'the token twice': (token) => token + token,
  'parts swapped': (token) => token.split('.').reverse().join('.'),
  'the header twice': (token) => [token.split('.')[0], token.split('.')[0], token.split('.')[2]].join('.'),
  'in upper case': (token) => token.toUpperCase(),
  'in lower case': (token) => token.toLowerCase(),
  reversed: (token) => [...token].reverse().join(''),
  'percent-encoded': (token) => token.replaceAll('.', '%2e'),
  'with a null byte': (token) => `${token}\u0000`,
  'with a letter more': (token) => `${token}A`,
  'with a header of zero bytes': (token) => `.${token.split('.').slice(1).join('.')}`,
  'with a signature of zeros': (token) => `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(342)}`,
  'with a signature of 4 KB': (token) => `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(4096)}`,
};

const table = <Value>(of: Readonly<Record<string, Value>>): readonly (readonly [string, Value])[] => Object.entries(of);

/** In other letters, at other places of the text: more than 300 in all. */
export const FORGERIES: readonly Forgery[] = [
  ...['none', 'None', 'NONE', 'nOnE'].flatMap((alg) => [
    { name: `alg ${alg}`, make: ({ header, claims }: Forger) => `${encoded({ ...header, alg })}.${encoded(claims)}.` },
    {
      name: `alg ${alg} with the signature`,
      make: ({ header, token }: Forger) => `${encoded({ ...header, alg })}.${token.split('.').slice(1).join('.')}`,
    },
  ]),
  ...['HS256', 'HS384', 'HS512'].flatMap((alg) =>
    table<(forger: Forger) => string | Buffer>({
      'the public key in PEM': ({ publicKey }) => publicKey.export({ type: 'spki', format: 'pem' }),
      'the public key in PKCS 1': ({ publicKey }) => publicKey.export({ type: 'pkcs1', format: 'pem' }),
      'the public key in DER': ({ publicKey }) => publicKey.export({ type: 'spki', format: 'der' }),
      'the modulus': ({ publicKey }) => String(publicKey.export({ format: 'jwk' }).n),
      'the kid': ({ header }) => String(header.kid),
      nothing: () => '',
    }).map(([name, secret]) => ({
      name: `${alg} with ${name}`,
      make: (forger: Forger) => byHmac(forger, alg, secret(forger)),
    })),
  ),
  ...table(HEADERS).map(([name, members]) => ({
    name: `a foreign key and ${name}`,
    make: (forger: Forger) => signed({ ...forger.header, ...members(forger) }, forger.claims, forger.foreign),
  })),
  ...BAD_HEADERS.map((name) => ({
    name: `the genuine key and ${name}`,
    make: (forger: Forger) => signed({ ...forger.header, ...HEADERS[name]?.(forger) }, forger.claims, forger.genuine),
  })),
  ...table(CLAIMS).flatMap(([name, claims]) => [
    {
      name,
      make: (forger: Forger) => signed(forger.header, { ...forger.claims, ...claims(forger) }, forger.genuine),
    },
    {
      name: `${name}, by a foreign key`,
      make: (forger: Forger) => signed(forger.header, { ...forger.claims, ...claims(forger) }, forger.foreign),
    },
    {
      name: `${name}, with the signature of the genuine token`,
      make: (forger: Forger) =>
        [encoded(forger.header), encoded({ ...forger.claims, ...claims(forger) }), forger.token.split('.')[2]].join(
          '.',
        ),
    },
  ]),
  ...PAYLOADS.map((payload) => ({
    name: `a payload of ${JSON.stringify(payload)}`,
    make: ({ header, genuine }: Forger) => signed(header, payload, genuine),
  })),
  ...table(TEXTS).map(([name, change]) => ({ name, make: ({ token }: Forger) => change(token) })),
  ...Array.from({ length: 120 }, (_, index) => ({
    name: `letter ${index + 1}/120 changed`,
    make: ({ token }: Forger) => changedAt(token, Math.floor((index * (token.length - 2)) / 120)),
  })),
];

/** Another letter of the alphabet that differs in its highest bit, so that the decoded bytes differ too. */
function changedAt(token: string, at: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const index = letters.indexOf(token[at] ?? '');
  const other = index < 0 ? 'A' : letters[index ^ 32];
  return token.slice(0, at) + other + token.slice(at + 1);
}
