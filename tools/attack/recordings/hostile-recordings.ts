import type { Json } from '../../../contract/contract.js';
import type { Mode } from '../attack.js';
import { placesIn, replacedAt } from '../edits.js';

export interface HostileRecording extends Mode {
  readonly text: string | Uint8Array;
}

const ROLE = { id: 'rol_AAAAAAAAAAAAAAAA', name: 'Guide' };

/** Sound recordings; each hostile one differs from one of them in one place. */
const EXCHANGES: Json = {
  source: 'by hand',
  recording: 'roles',
  exchanges: [
    {
      request: { method: 'POST', path: '/api/v2/roles', body: { name: 'Guide' } },
      response: { status: 200, body: ROLE },
    },
    {
      request: { method: 'GET', path: '/api/v2/roles', query: 'page=0&per_page=5' },
      response: { status: 200, contentType: 'application/json', headers: { 'x-a': 'b' }, body: [ROLE] },
    },
  ],
};
const HAR: Json = {
  log: {
    version: '1.2',
    creator: { name: 'a', version: '1' },
    entries: [
      {
        startedDateTime: '2026-01-01T00:00:00.000Z',
        request: {
          method: 'POST',
          url: 'https://travel0.eu.auth0.com/api/v2/roles',
          headers: [{ name: 'content-type', value: 'application/json' }],
          postData: { mimeType: 'application/json', text: '{"name":"Guide"}' },
        },
        response: {
          status: 200,
          headers: [{ name: 'content-type', value: 'application/json' }],
          content: { mimeType: 'application/json', text: JSON.stringify(ROLE) },
        },
      },
    ],
  },
};

const SOUND = { exchanges: EXCHANGES, HAR };

const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  'workflow commands': '::error::planted\n##[error]planted\r\n::stop-commands::x',
  'terminal escapes': '\u001b[2J\u0007\u009b2J\u202eplanted\u2066',
  Markdown: '![x](https://images.invalid/x.png) <img src=x> | ` ]]>',
  __proto__: '__proto__',
  'a path': '/../../../../etc/passwd',
  'percent signs': '%%zz%00%ff',
  'half a surrogate': '\ud800',
  'another host': 'https://other.invalid/api/v2/roles',
  'text of 100,000 characters': 'x'.repeat(100_000),
};

const EDITED: readonly HostileRecording[] = Object.entries(SOUND).flatMap(([format, document]) =>
  placesIn(document).flatMap(({ path, value }) => {
    const change = (name: string, by: Json): HostileRecording => ({
      name: `${format}: ${path.join('.')} is ${name}`,
      text: JSON.stringify(replacedAt(document, path, by)),
    });
    const values: readonly (readonly [string, Json])[] =
      typeof value === 'string'
        ? Object.entries(HOSTILE_TEXTS)
        : [
            ['1e308', 1e308],
            ['-1', -1],
            ['null', null],
            ['a list', [[]]],
          ];
    return values.map(([name, by]) => change(name, by));
  }),
);

const exchangesText = JSON.stringify(EXCHANGES, null, 1);
const TEXTS: readonly HostileRecording[] = [
  { name: 'nothing', text: '' },
  ...['null', '[]', '7', '"text"', '{}', '[[]]', '{"log": {}}', '{"exchanges": {}}'].map((text) => ({
    name: text,
    text,
  })),
  { name: 'HTML', text: '<!doctype html><title>Not found</title>' },
  { name: '600 lists', text: `{"exchanges": ${'['.repeat(600)}${']'.repeat(600)}}` },
  { name: 'bytes that are no UTF-8', text: Buffer.from([0x22, 0xff, 0xfe, 0x80, 0x22]) },
  { name: 'a null byte', text: `${exchangesText}\u0000` },
  { name: 'a name twice', text: exchangesText.replace('"source"', '"exchanges": [], "source"') },
  { name: '1e999', text: exchangesText.replace('200', '1e999') },
  { name: 'a second document', text: exchangesText + exchangesText },
  ...Array.from({ length: 16 }, (_, index) => ({
    name: `cut after ${1 + index * 30} characters`,
    text: exchangesText.slice(0, 1 + index * 30),
  })),
];

/** More than 60. */
export const HOSTILE_RECORDINGS: readonly HostileRecording[] = [...TEXTS, ...EDITED];
