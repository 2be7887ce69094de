import { gzipSync } from 'node:zlib';
import type { HeaderFields } from '../pass/head.js';
import type { PassedExchange } from '../pass/passed-exchange.js';

/** A message of an exchange that has passed, in short. */
export interface Part {
  readonly fields?: HeaderFields;
  /** JSON, or text as it is. */
  readonly body?: unknown;
  readonly gzip?: boolean;
}

const JSON_TYPE = ['Content-Type', 'application/json; charset=utf-8'] as const;

/** An exchange as it passes a proxy. @param line - `GET /v1/shelves` */
export function passed(line: string, status: number, { request = {}, response = {} }: Parts = {}): PassedExchange {
  const [method = '', target = ''] = line.split(' ');
  return {
    startedAt: Date.UTC(2026, 10, 28),
    durationMs: 3,
    request: { method, target, trailers: [], complete: true, ...messageOf(request) },
    response: { status, reason: '', trailers: [], ...messageOf(response) },
    end: 'complete',
  };
}

interface Parts {
  readonly request?: Part;
  readonly response?: Part;
}

function messageOf({ fields = [], body, gzip = false }: Part) {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = new Uint8Array(gzip ? gzipSync(text) : Buffer.from(text));
  const type = body === undefined || typeof body === 'string' ? [] : [JSON_TYPE];
  const encoding = gzip ? [['Content-Encoding', 'gzip'] as const] : [];
  return { fields: [...type, ...encoding, ...fields], body: { bytes, size: bytes.length } };
}
