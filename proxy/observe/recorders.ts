import type { Report } from '../../conformance/report/report.js';
import type { Json, JsonObject } from '../../contract/contract.js';
import type { RecordedRequest, RecordedResponse } from '../../replay/recorded/recording.js';
import { type HeaderFields, valuesOf } from '../pass/head.js';
import { GrowingListFile } from './growing-list-file.js';
import type { ReadBody } from './read-body.js';
import type { ReadExchange } from './recorded-exchange.js';
import type { TrafficSecrets } from './secrets.js';

/** Writes exchanges to a file, secrets masked. */
export interface Recorder {
  /** @throws RunError if the file cannot be written */
  take(read: ReadExchange): void;
  close(): void;
}

/** Longer bodies are left out of recordings, in characters: masking them takes longer than they are worth. */
const LONGEST_BODY = 256 * 1024;

/** `--record FILE`: an exchange list, as replay reads it. */
export function exchangeListRecorder(file: string, source: string, secrets: TrafficSecrets): Recorder {
  const head = `{"source": ${JSON.stringify(source)}, "exchanges": [`;
  const list = new GrowingListFile(file, '--record', [head, '\n]}\n']);
  return {
    take: ({ recorded: { request, response, startedAt }, sent, received }) => {
      const { query, token, ...others } = request;
      list.append({
        ...(startedAt === undefined ? {} : { startedAt: new Date(startedAt).toISOString() }),
        request: {
          ...maskedMessage({ ...others, ...(query === '' ? {} : { query }) }, sent, secrets),
          ...(token === undefined ? {} : { token }),
        },
        response: maskedMessage(response, received, secrets),
      });
    },
    close: () => list.close(),
  };
}

type Message = Omit<RecordedRequest, 'query' | 'token'> | RecordedResponse;

function maskedMessage(message: Message, read: ReadBody, secrets: TrafficSecrets): JsonObject {
  const { body, ...others } = message;
  const isLong = 'text' in read && read.text.length > LONGEST_BODY;
  return {
    // Only texts and flags: a plain JSON value.
    ...(secrets.masked({ ...others } as JsonObject) as JsonObject),
    ...(body === undefined || isLong ? {} : { body: secrets.masked(body) }),
    ...(isLong ? { incomplete: true } : {}),
  };
}

/** `--har FILE`: HAR 1.2, with the claims of each token as `_token`. @param url - the target's root */
export function harRecorder(file: string, url: string, creator: Report['tool'], secrets: TrafficSecrets): Recorder {
  const head = `{"log": {"version": "1.2", "creator": ${JSON.stringify(creator)}, "entries": [`;
  const list = new GrowingListFile(file, '--har', [head, '\n]}}\n']);
  return { take: (read) => list.append(harEntry(read, url, secrets)), close: () => list.close() };
}

function harEntry({ passed, answer, recorded, sent, received }: ReadExchange, root: string, secrets: TrafficSecrets) {
  const { request, startedAt, durationMs } = passed;
  const { path, query, token, body } = recorded.request;
  const { text = '', ...encoding } = bodyText(received, recorded.response.body, secrets);
  const posted = bodyText(sent, body, secrets);
  const [postType = ''] = valuesOf(request.fields, 'content-type');
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: durationMs,
    request: {
      method: request.method,
      url: secrets.mask(`${root}${path}${query === '' ? '' : `?${query}`}`),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: maskedFields(asReceived(request.fields, root), secrets),
      queryString: [...new URLSearchParams(query)].map(([name, value]) => ({ name, value: secrets.mask(value) })),
      ...(posted.text === undefined ? {} : { postData: { mimeType: postType, ...posted } }),
      headersSize: -1,
      bodySize: request.body.size,
      ...(token === undefined ? {} : { _token: token }),
    },
    response: {
      status: answer.status,
      statusText: answer.reason,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: maskedFields(answer.fields, secrets),
      content: {
        size: answer.body.size,
        mimeType: valuesOf(answer.fields, 'content-type')[0] ?? '',
        text,
        ...encoding,
      },
      redirectURL: secrets.mask(valuesOf(answer.fields, 'location')[0] ?? ''),
      headersSize: -1,
      bodySize: answer.body.size,
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
  };
}

/** The text of a body; undefined if there is none, or it is left out. */
function bodyText(
  body: ReadBody,
  value: Json | undefined,
  secrets: TrafficSecrets,
): { readonly text?: string; readonly comment?: string } {
  if ('unread' in body) return { comment: body.unread };
  if (body.text === '') return {};
  if (!body.isText) return { comment: 'binary' };
  if (body.text.length > LONGEST_BODY) return { comment: `longer than ${LONGEST_BODY} characters` };
  return { text: secrets.maskedBody(body.text, value) };
}

/** The fields with the `Host` that the target got. */
function asReceived(fields: HeaderFields, root: string): HeaderFields {
  const { host } = new URL(root);
  return fields.map(([name, value]) => [name, name.toLowerCase() === 'host' ? host : value]);
}

function maskedFields(fields: HeaderFields, secrets: TrafficSecrets): readonly object[] {
  return fields.map(([name, value]) => ({ name, value: secrets.mask(value) }));
}
