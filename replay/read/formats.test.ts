import { describe, expect, test } from 'vitest';
import { ReplayError } from '../errors.js';
import type { RecordedExchange, Recording } from '../recorded/recording.js';
import {
  GO_VCR_1,
  GZIP,
  goVcr2,
  nock,
  POLLY,
  pairs,
  ROLE_TEXT,
  RUBY_VCR,
  STORY,
  TYPE,
  URL_ROOT,
  VCRPY,
} from '../test-support/cassettes.js';
import { parseRecordings } from './read-recordings.js';

async function parsed(file: string, content: unknown): Promise<Recording> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const [recording] = await parseRecordings(file, new TextEncoder().encode(text));
  if (recording === undefined) throw new Error('no recording');
  return recording;
}

/** The parts that every format records. */
function essence({ request, response }: RecordedExchange) {
  const { method, path, query, body } = request;
  return { method, path, query, body, status: response.status, answer: response.body, type: response.contentType };
}

describe('the same traffic of every recorder is the same recording', () => {
  test.each([
    ['go-vcr 1', 'c.yaml', GO_VCR_1],
    ['go-vcr 3', 'c.yaml', goVcr2('        transfer_encoding: []\n        form: {}\n', '        trailer: {}\n')],
    ['go-vcr 4', 'c.yaml', goVcr2('        form:\n            page:\n                - "0"\n', '')],
    ['vcrpy', 'c.yaml', VCRPY],
    ['VCR', 'c.yml', RUBY_VCR],
    ['VCR without an extension', 'cassette', RUBY_VCR],
    ['nock 13', 'n.json', nock((headers) => Object.entries(headers).flat())],
    ['nock 14', 'n.json', nock((headers) => headers)],
  ])('%s', async (_, file, content) => {
    const { exchanges, orderUncertain } = await parsed(file, content);
    expect(exchanges.map(essence)).toEqual(STORY);
    expect(exchanges.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(exchanges.some(({ request, response }) => request.incomplete || response.incomplete)).toBe(false);
    expect(orderUncertain).toBe(false);
  });

  test('Polly.js', async () => {
    const { exchanges, name } = await parsed('recording.har', POLLY);
    expect(name).toBe('demo');
    // Without a header it has a default type for an answer without a body.
    const story = STORY.map((each) => (each.status === 204 ? { ...each, type: 'text/plain' } : each));
    expect(exchanges.map(essence)).toEqual(story);
  });

  test('vcrpy in JSON', async () => {
    const interaction = {
      request: { method: 'GET', uri: `${URL_ROOT}/api/v2/roles?page=0&per_page=2`, body: null, headers: {} },
      response: {
        status: { code: 200, message: 'OK' },
        headers: { 'content-type': [TYPE], 'content-encoding': ['gzip'] },
        body: { string: ROLE_TEXT },
      },
    };
    const { exchanges } = await parsed('c.json', { version: 1, interactions: [interaction] });
    expect(exchanges.map(essence)).toEqual(STORY.slice(0, 1));
  });
});

describe('a recording without a body is incomplete', () => {
  const entry = (request: object, response: object) => ({
    log: {
      entries: [
        {
          startedDateTime: '2026-01-01T00:00:00.001+00:00',
          request: { method: 'DELETE', url: `${URL_ROOT}/a`, headers: [], bodySize: 0, ...request },
          response: { status: 200, headers: [], content: { size: 0, mimeType: '' }, bodySize: 0, ...response },
        },
      ],
    },
  });
  const goVcr = (contentLength: number) => `---
version: 2
interactions:
    - id: 0
      request:
        content_length: ${contentLength}
        url: ${URL_ROOT}/a
        method: POST
      response:
        body: ""
        code: 204
`;
  test.each<[string, unknown, readonly (boolean | undefined)[]]>([
    ['a DELETE of mitmproxy', entry({ bodySize: 19 }, {}), [true, undefined]],
    [
      'a request with a content length',
      entry({ bodySize: -1, headers: pairs({ 'content-length': 19 }) }, {}),
      [true, undefined],
    ],
    ['an answer that a browser dropped', entry({}, { content: { size: 75, mimeType: TYPE } }), [undefined, true]],
    ['an answer with its size alone', entry({}, { content: { mimeType: TYPE }, bodySize: 75 }), [undefined, true]],
    ['no bodies', entry({}, {}), [undefined, undefined]],
    ['a HEAD', entry({ method: 'HEAD' }, { content: { size: 75, mimeType: TYPE } }), [undefined, undefined]],
    ['a 304', entry({}, { status: 304, bodySize: 75 }), [undefined, undefined]],
    ['a request of go-vcr', goVcr(19), [true, undefined]],
    ['a request of go-vcr without a body', goVcr(0), [undefined, undefined]],
  ])('%s', async (_, content, want) => {
    const [exchange] = (await parsed('c', content)).exchanges;
    expect([exchange?.request.incomplete, exchange?.response.incomplete]).toEqual(want);
  });
});

describe('invalid cassettes are refused with file and location', () => {
  test.each([
    ['interactions: [', 'c.yaml:2:1: is not YAML: unexpected end'],
    ['interactions: !unknown {}', 'c.yaml:1:26: is not YAML: unknown tag'],
    [
      'interactions:\n- request: {url: 7, method: GET}\n',
      'c.yaml #/interactions/0/request/url: expected a string, received 7',
    ],
    ['interactions:\n- request: {uri: /a, method: GET}\n', 'c.yaml #/interactions/0/response: expected an object'],
    ['http_interactions: 1\n', 'c.yaml #/http_interactions: expected a list, received 1'],
    ['version: 1\n', 'c.yaml #: expected a recording'],
  ])('%s', async (text, message) => {
    await expect(parsed('c.yaml', text)).rejects.toThrow(ReplayError);
    await expect(parsed('c.yaml', text)).rejects.toThrow(message);
  });

  test('a body that is not gzip although it begins like it', async () => {
    const broken = VCRPY.replace(GZIP.toString('base64').slice(40), 'AAAA');
    await expect(parsed('c.yaml', broken)).rejects.toThrow(
      'c.yaml #/interactions/1/response/body/string: the body cannot be decompressed',
    );
  });
});
