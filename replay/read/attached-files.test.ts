import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReplayError } from '../errors.js';
import { readRecordings } from './read-recordings.js';

const TYPE = 'application/json; charset=utf-8';
const ROLE = '{"id":"rol_1","name":"Gärtner"}';

describe('Playwright', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
    await writeFile(join(folder, 'request.json'), '{"name":"Gärtner"}');
    await writeFile(join(folder, 'answer.json'), ROLE);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const withFiles = (request: string, answer: string) =>
    JSON.stringify({
      log: {
        entries: [
          {
            startedDateTime: '2026-01-01T00:00:00.001Z',
            request: {
              method: 'POST',
              url: 'http://127.0.0.1:4555/api/v2/roles',
              headers: [],
              bodySize: 19,
              postData: { mimeType: 'application/json', text: '', params: [], _file: request },
            },
            response: {
              status: 200,
              headers: [{ name: 'content-type', value: TYPE }],
              content: { size: -1, mimeType: TYPE, _file: answer },
            },
          },
        ],
      },
    });

  it('attaches bodies in files', async () => {
    const file = join(folder, 'session.har');
    await writeFile(file, withFiles('request.json', 'answer.json'));
    const [recording] = await readRecordings(file);
    const { request, response } = recording?.exchanges[0] ?? {};
    expect([request?.method, request?.path, request?.query, request?.body]).toEqual([
      'POST',
      '/api/v2/roles',
      '',
      { name: 'Gärtner' },
    ]);
    expect([response?.status, response?.body, response?.contentType]).toEqual([
      200,
      JSON.parse(ROLE),
      'application/json',
    ]);
    expect(recording?.exchanges).toHaveLength(1);
  });

  it.each(['../request.json', '/etc/hostname', 'sub/request.json', '..', 'a\\b'])(
    'is not followed out of the folder of the recording: %s',
    async (name) => {
      const file = join(folder, 'outside.har');
      await writeFile(file, withFiles('request.json', name));
      const failure = readRecordings(file);
      await expect(failure).rejects.toThrow(ReplayError);
      await expect(failure).rejects.toThrow(
        '#/log/entries/0/response/content/_file: expected the name of a file in the folder',
      );
    },
  );

  it('reports a missing file', async () => {
    const file = join(folder, 'missing.har');
    await writeFile(file, withFiles('none.json', 'answer.json'));
    await expect(readRecordings(file)).rejects.toThrow('none.json: cannot be read: there is no such file');
  });
});
