import { describe, expect, it } from 'vitest';
import { Redactor } from './redact.js';
import { secretForms } from './test-support/secret-forms.js';

const SECRET = 'kY8_vW2-qR5tZ7xB1nM4pL9sD3fG6hJ0';

function knowing(secret = SECRET): Redactor {
  const redactor = new Redactor();
  redactor.hide(secret, '$CLIENT_SECRET');
  return redactor;
}

describe('redact', () => {
  it('hides a known secret, also in JSON and URLs', () => {
    const redactor = new Redactor();
    redactor.hide('s3cr"et/value', '$CLIENT_SECRET');
    expect(redactor.redact('a s3cr"et/value b')).toBe('a $CLIENT_SECRET b');
    expect(redactor.redact(JSON.stringify({ secret: 's3cr"et/value' }))).toBe('{"secret":"$CLIENT_SECRET"}');
    expect(redactor.redact(encodeURIComponent('s3cr"et/value'))).toBe('$CLIENT_SECRET');
  });

  it('hides values whose names say that they are secret, at any depth', () => {
    const redactor = new Redactor();
    redactor.hideIn({ users: [{ password: 'correct-horse-7' }], client_secret: 'abcdefghij1', name: 'plain-name' });
    expect(redactor.redact('correct-horse-7 abcdefghij1 plain-name')).toBe('$PASSWORD $CLIENT_SECRET plain-name');
  });

  it('shows what a refusal says of a secret, as forms name each property with its messages', () => {
    const body = { message: { password: ['Missing data for required field.'], token: 'Opaque-7f3k2-token' } };
    const text = JSON.stringify(body);
    const of = (status: number): string => {
      const redactor = new Redactor();
      redactor.hideInAnswer({ status, body: { ...body, client_secret: 'Opaque-7f3k2-token' }, headers: {} });
      return redactor.redact(text);
    };
    expect(of(400)).toBe('{"message":{"password":["Missing data for required field."],"token":"$CLIENT_SECRET"}}');
    expect(of(200)).toBe('{"message":{"password":["$PASSWORD"],"token":"$CLIENT_SECRET"}}');
  });

  it('shows when something about a secret happened, and hides a date that is one', () => {
    const redactor = new Redactor();
    redactor.hideIn({ password: { created_at: '2026-11-29T22:03:52.14301Z', config: 'Old-7f3k2-word' } });
    redactor.hideIn({ password: '2026-11-28' });
    const text = '2026-11-29T22:03:52.14301Z Old-7f3k2-word 2026-11-28';
    expect(redactor.redact(text)).toBe('2026-11-29T22:03:52.14301Z $PASSWORD $PASSWORD');
  });

  it('shows what only describes a secret, and hides the id of a token', () => {
    const redactor = new Redactor();
    const key = {
      id: 'apk_01M8PFNJY1WW61',
      title: 'Shop Key rc7gxr2a1',
      type: 'publishable-key',
      token: 'pk_8f3k2-word',
    };
    redactor.hideIn({ api_key: key, api_keys: [{ id: 'apk_02M8PFNJY1WW62', value: 'pk_9f3k2-word' }] });
    redactor.hideIn({ access_tokens: [{ id: 'Opaque-7f3k2-token', name: 'ci-token-1' }] });
    const text = `${Object.values(key).join()} apk_02M8PFNJY1WW62 pk_9f3k2-word Opaque-7f3k2-token ci-token-1`;
    expect(redactor.redact(text)).toBe(
      'apk_01M8PFNJY1WW61,Shop Key rc7gxr2a1,publishable-key,$CLIENT_SECRET apk_02M8PFNJY1WW62 $CLIENT_SECRET $TOKEN ci-token-1',
    );
  });

  it('shows what a test of permissions asserts, and hides a signed assertion', () => {
    const redactor = new Redactor();
    redactor.hideIn({ assertions: [{ tuple_key: { user: 'user:anne-7', object: 'document:2021' } }] });
    redactor.hideIn({ client_assertion: 'Signed-7f3k2-text', assertion: 'Other-7f3k2-text' });
    redactor.hideIn({ assertions: ['Listed-7f3k2-text'] });
    const text = 'user:anne-7 document:2021 Signed-7f3k2-text Other-7f3k2-text Listed-7f3k2-text';
    expect(redactor.redact(text)).toBe('user:anne-7 document:2021 $CLIENT_SECRET $CLIENT_SECRET $CLIENT_SECRET');
  });

  it('hides unknown tokens', () => {
    expect(new Redactor().redact('Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln.')).toBe('Bearer $TOKEN.');
  });

  it('shows what a target calls a secret in names that a person needs', () => {
    const redactor = knowing();
    redactor.hideIn({ client_secret: ['rol_AAAAbbbb11112222', SECRET, `x${SECRET}x`] });
    redactor.hideIn({ password: 'Sent-9d4k7-abc' }, { origin: 'sent' });
    const text = `role rol_AAAAbbbb11112222 ${SECRET} x${SECRET}x Sent-9d4k7-abc`;
    expect(redactor.redact(text)).toBe('role $CLIENT_SECRET $CLIENT_SECRET $CLIENT_SECRET $PASSWORD');
    expect(redactor.redact(text, { received: false })).toBe(
      'role rol_AAAAbbbb11112222 $CLIENT_SECRET x$CLIENT_SECRETx $PASSWORD',
    );
  });

  const invented = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ client_secret: `made-up-${index}-secret` }));
  const text = `${SECRET} ${'a text of a finding '.repeat(200)}y-end-of-token-77`;

  it('takes any number of secrets of any length from a target', () => {
    const redactor = knowing();
    redactor.hide(`${'y'.repeat(5_000_000)}end-of-token-77`, '$TOKEN');
    redactor.hideIn(invented(60_000));
    redactor.hideIn({ password: `${'z1'.repeat(2_000_000)}end` });
    const shown = redactor.excerpt(text, 8000);
    expect(shown).not.toContain(SECRET.slice(0, 12));
    expect(shown).not.toContain('end-of-token');
  });

  it('takes a time that grows with the number of secrets alone', () => {
    const spentOn = (count: number): number => {
      const redactor = knowing();
      redactor.hideIn(invented(count));
      const before = process.cpuUsage();
      redactor.excerpt(text, 8000);
      return process.cpuUsage(before).user;
    };
    spentOn(1000);
    // Eight times as many take about nine times as long. If each place were compared with all others: 36 times.
    expect(spentOn(20_000)).toBeLessThan(20 * spentOn(2500));
  });

  it('hides credentials in headers, and in names with their values', () => {
    const redactor = new Redactor();
    redactor.hideIn({
      headers: { Authorization: 'Bearer Opaque-7f3k2-token', 'set-cookie': ['sid=Session-4b9x1-cookie; Path=/'] },
      list: [{ name: 'Proxy-Authorization', value: `Basic ${bytesOf('me:Proxy-8h2m5-password').toString('base64')}` }],
      form: [{ name: 'client_secret', value: 'Form-3c6v9' }],
    });
    const text = 'Bearer Opaque-7f3k2-token, Session-4b9x1-cookie, Proxy-8h2m5-password, Form-3c6v9; Path=/';
    expect(redactor.redact(text)).toBe('Bearer $TOKEN, $TOKEN, $TOKEN, $CLIENT_SECRET; Path=/');
  });

  it('hides the beginning of a credential that an answer showed before', () => {
    const redactor = new Redactor();
    redactor.hideIn({ access_token: 'opaque.token.of.7' });
    redactor.hide('opaque.token.of.7', '$TOKEN');
    expect(redactor.redact('opaque.t… more')).toBe('$TOKEN… more');
  });

  it('does not hide filler values', () => {
    const redactor = new Redactor();
    redactor.hideIn({ signing_secret: 'aaaaaaaaaaaaaaaa', password: 'short' });
    expect(redactor.redact('aaaaaaaaaaaaaaaa short')).toBe('aaaaaaaaaaaaaaaa short');
  });

  it('hides the longer of two secrets that begin alike', () => {
    const redactor = new Redactor();
    redactor.hide('abcdefgh', '$ONE');
    redactor.hide('abcdefghijkl', '$OTHER');
    expect(redactor.redact('abcdefghijkl abcdefgh')).toBe('$OTHER $ONE');
  });

  const bytes = Buffer.from(SECRET);
  const pair = Buffer.from(`a-client:${SECRET}`);
  it.each([
    ['as it is', SECRET],
    ['in lower case, as a header name', SECRET.toLowerCase()],
    ['in hexadecimal', bytes.toString('hex')],
    ['in upper-case hexadecimal', bytes.toString('hex').toUpperCase()],
    ['in base64', bytes.toString('base64')],
    ['in URL-safe base64', bytes.toString('base64url')],
    ['in Basic credentials', pair.toString('base64')],
    ['in base64 of a longer text', Buffer.from(`xy${SECRET}zz`).toString('base64')],
    ['twice in a row', SECRET + SECRET],
    ['inside a word', `prefix_${SECRET}_suffix`],
    ['cut by the server', SECRET.slice(0, 20)],
    ['cut short before an ellipsis', `${SECRET.slice(0, 7)}… and more`],
  ])('masks a credential %s', (_name, text) => {
    const masked = knowing().redact(`before ${text} after`);
    expect(masked).toContain('$CLIENT_SECRET');
    for (const form of secretForms(SECRET)) {
      for (let start = 0; start + 12 <= form.length; start += 1)
        expect(masked.toLowerCase()).not.toContain(form.slice(start, start + 12));
    }
  });

  it('masks in text whose lower case is longer', () => {
    expect(knowing().redact(`İİ ${SECRET} İ`)).toBe('İİ $CLIENT_SECRET İ');
  });

  it('leaves identifiers alone that a server calls a secret, or that contain a secret', () => {
    const redactor = new Redactor();
    redactor.hideIn({ access_token: 'access_token', client_secret: 'violates', password: 'requested' });
    redactor.hide('secret-word', '$CLIENT_SECRET');
    const text = 'requested_access_token_audience violates secret-words';
    expect(redactor.redact(text)).toBe(text);
    expect(redactor.redact('the secret-word.')).toBe('the $CLIENT_SECRET.');
  });
});

describe('excerpt', () => {
  it('masks before it cuts, so that no part of a secret is left at the end', () => {
    for (let before = 0; before < 40; before += 1) {
      const shown = knowing().excerpt(`${'x'.repeat(before)}${SECRET}`, 20);
      expect(shown.length).toBeLessThanOrEqual(21);
      expect(shown).not.toContain(SECRET.slice(0, 4));
    }
  });

  it('masks and cuts long texts that consist of secrets', () => {
    const redactor = knowing();
    const long = SECRET.repeat(5000);
    expect(redactor.excerpt(long, 100)).toMatch(/^(\$CLIENT_SECRET)+[$A-Z_]*…$/);
    expect(redactor.excerpt(`${long}tail`, 1e6)).toBe(`${'$CLIENT_SECRET'.repeat(5000)}tail`);
    expect(new Redactor().excerpt('x'.repeat(1e6), 100)).toBe(`${'x'.repeat(100)}…`);
  });

  it('keeps pairs of surrogates together', () => {
    expect(new Redactor().excerpt('a😀b', 2)).toBe('a…');
  });
});

const ODD = 'kY8/vW2+qR5tZ7&xB1nM4pL9sD3fG6hJ0';
const codes = (write: (code: number) => string) => [...ODD].map((each) => write(each.charCodeAt(0))).join('');
const hex = (code: number) => code.toString(16).padStart(2, '0');

it.each([
  ['JSON with escaped slashes', ODD.replace('/', '\\/')],
  ['JSON with escaped ampersands', ODD.replace('&', '\\u0026')],
  ['JSON in code points', codes((code) => `\\u00${hex(code)}`)],
  ['a URL with every byte escaped', codes((code) => `%${hex(code)}`)],
  ['a URL escaped twice', encodeURIComponent(encodeURIComponent(ODD))],
  ['decimal entities', codes((code) => `&#${code};`)],
  ['hexadecimal entities', codes((code) => `&#x${hex(code)};`)],
  ['reverse order', [...ODD].reverse().join('')],
  ['hexadecimal with colons', [...ODD].map((each) => hex(each.charCodeAt(0))).join(':')],
  ['base64 of UTF-16', Buffer.from(ODD, 'utf16le').toString('base64')],
  ['base64 of base64', Buffer.from(Buffer.from(ODD).toString('base64')).toString('base64')],
])('a credential is masked in %s', (_form, text) => {
  const redactor = new Redactor();
  redactor.hide(ODD, '$CLIENT_SECRET');
  expect(redactor.redact(`before ${text} after`)).toMatch(/^before .{0,6}\$CLIENT_SECRET.{0,6} after$/);
});

it('texts in lists and objects of a secret property are learned', () => {
  const redactor = new Redactor();
  redactor.hideIn({ client_secret: ['Leak-12345-a', { value: 'Leak-12345-b' }], names: ['Shown-1234'] });
  expect(redactor.redact('Leak-12345-a Leak-12345-b Shown-1234')).toBe('$CLIENT_SECRET $CLIENT_SECRET Shown-1234');
});

describe('parts of a credential', () => {
  const WINDOW = 12;
  const windowsOf = (text: string) =>
    Array.from({ length: text.length - WINDOW + 1 }, (_, start) => text.slice(start, start + WINDOW));

  it.each([
    ['as it is', SECRET],
    ['in lower case', SECRET.toLowerCase()],
    ['backwards', [...SECRET].reverse().join('')],
    ['in hexadecimal', bytesOf(SECRET).toString('hex')],
    ['in upper-case hexadecimal', bytesOf(SECRET).toString('hex').toUpperCase()],
    ['in base64', bytesOf(SECRET).toString('base64').replaceAll('=', '')],
    ['in base64 behind one byte', bytesOf(`:${SECRET}`).toString('base64url').slice(2)],
    ['in base64 behind two bytes', bytesOf(`a:${SECRET}`).toString('base64url').slice(3)],
  ])('are masked %s: any twelve characters of it', (_name, text) => {
    const redactor = knowing();
    const shown = windowsOf(text).filter((window) => redactor.redact(`before ${window} after`).includes(window));
    expect(shown).toEqual([]);
  });

  it('are masked at the end of a word, and where the text begins with the end of a secret', () => {
    expect(knowing().redact(`${SECRET.slice(-12)} after`)).toBe('$CLIENT_SECRET after');
    expect(knowing().redact(`before-${SECRET.slice(5, 25)}-after`)).toBe('before-$CLIENT_SECRET-after');
  });

  it.each([
    ['a buffer in JSON', JSON.stringify([...bytesOf(SECRET)])],
    [
      'bytes with spaces',
      bytesOf(SECRET)
        .toString('hex')
        .replace(/..(?=.)/g, '$& '),
    ],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ a: `"${SECRET}"` }))],
    ['base64 in a URL', encodeURIComponent(bytesOf(`\u00ff${SECRET}\u00ff`).toString('base64'))],
    [
      'a URL of which every second byte is escaped',
      SECRET.replace(/(.)(.)/g, (_, one, two) => `${one}${escaped(two)}`),
    ],
  ])('are masked in %s', (_name, text) => {
    const masked = knowing().redact(text);
    expect(masked).toContain('$CLIENT_SECRET');
    expect(windowsOf(SECRET).filter((window) => masked.includes(window))).toEqual([]);
  });

  it('are masked of a token: its payload, and the end of its signature', () => {
    const payload = bytesOf(JSON.stringify({ sub: 'somebody', scope: 'read:roles' })).toString('base64url');
    const token = `eyJhbGciOiJSUzI1NiJ9.${payload}.${bytesOf(SECRET.repeat(3)).toString('base64url')}`;
    const redactor = new Redactor();
    redactor.hide(token, '$TOKEN');
    expect(redactor.redact(`cut: ${payload.slice(3)} `)).toBe('cut: $TOKEN ');
    expect(redactor.redact(`cut: ${token.slice(-20)}.`)).toBe('cut: $TOKEN.');
    expect(redactor.redact(bytesOf(token.slice(-20)).toString('hex'))).toBe('$TOKEN');
  });
});

it('an unknown token is masked in the middle of a word, and encoded', () => {
  const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';
  const redactor = new Redactor();
  expect(redactor.redact(`Bearer%20${token}`)).toBe('Bearer%20$TOKEN');
  expect(redactor.redact(`Bearer ${token.replaceAll('.', '%2E')}`)).toBe('Bearer $TOKEN');
  expect(redactor.redact(bytesOf(`Bearer ${token}`).toString('base64'))).not.toContain('ZXlKaGJHY2lPaUpT');
  const sentence = 'keyJ1.2.3 is a version, and eyJ.json a file.';
  expect(redactor.redact(sentence)).toBe(sentence);
});

it('texts that have parts in common with passwords stay: names, URLs and ids', () => {
  const redactor = new Redactor();
  redactor.hideIn({
    signing_secret: 'Customer Engineer (rc-x7f3k2)',
    client_secret: 'https://harbour.example.com/rc-x7f3k2',
    password: 'correct-horse-7',
  });
  const text = 'Customer Engineer (rc-other) https://harbour.example.com/other correct-horse-8';
  expect(redactor.redact(text)).toBe(text);
});

it('long texts are masked in a time that grows with their length', () => {
  const redactor = knowing();
  for (let index = 0; index < 100; index += 1)
    redactor.hide(`${'header'.repeat(20)}.${index}.${bytesOf(`${index}${SECRET}`).toString('hex')}`, '$TOKEN');
  const before = process.cpuUsage();
  for (const part of [
    'eyJ',
    'eyJhbGciOiJSUzI1NiJ9',
    'x',
    '6b59',
    SECRET.slice(0, 11),
    'header',
    '%25',
    '1,',
    '6b:',
    'eyJ.',
  ])
    redactor.redact(part.repeat(Math.ceil(200_000 / part.length)));
  // Microseconds of this process alone: others may keep the machine busy.
  expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
}, 60_000);

function bytesOf(text: string): Buffer {
  return Buffer.from(text);
}

function escaped(text: string): string {
  return `%${bytesOf(text).toString('hex')}`;
}
