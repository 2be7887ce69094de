import type { PlainRequest, PlainResponse } from '../../tenant/exchange.js';

/** The most that the console reads of an answer, in bytes. */
const MAX_ANSWER = 16_777_216;

/** In milliseconds. */
const TIMEOUT = 30_000;

/** What the API reads of a request, and the page of an answer. */
const SENT = ['authorization', 'content-type', 'accept'] as const;
const RECEIVED = [
  'content-type',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'retry-after',
] as const;

/**
 * Sends a request of the page to another tenant. A browser would refuse to: services do not allow pages of other origins
 * to call their management API.
 *
 * @param fetch - follows no redirect: it would take the token to another host
 */
export async function relay(
  { method, headers, body }: PlainRequest,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<PlainResponse> {
  const target = headers['x-rolecall-relay'] ?? '';
  if (!URL.canParse(target) || !/^https?:$/.test(new URL(target).protocol)) {
    return refused(400, `invalid target "${target}"; expected an http or https URL in the header x-rolecall-relay`);
  }
  const sent = SENT.flatMap((name): [string, string][] => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value]];
  });
  const { origin } = new URL(target);
  try {
    const response = await fetch(target, {
      method,
      headers: sent,
      ...(body === '' ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const text = await textOf(response);
    if (text === undefined) return refused(502, `the answer of ${origin} is longer than ${MAX_ANSWER} bytes`);
    const received = RECEIVED.flatMap((name): [string, string][] => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    return { status: response.status, headers: Object.fromEntries(received), body: text };
  } catch (error) {
    return refused(502, `cannot reach ${origin}: ${reasonOf(error)}`);
  }
}

export function refused(status: number, message: string): PlainResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ statusCode: status, message }),
  };
}

/** Undefined if it is too long. */
async function textOf({ body }: Response): Promise<string | undefined> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let [text, length] = ['', 0];
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    // the DOM types lack the iterator
    length += chunk.byteLength;
    if (length > MAX_ANSWER) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function reasonOf(error: unknown): string {
  const { cause, message } = error instanceof Error ? error : new Error(String(error));
  return cause instanceof Error ? cause.message : message;
}
