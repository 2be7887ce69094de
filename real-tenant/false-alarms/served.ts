import { gzipSync } from 'node:zlib';
import { embeddedTarget } from '../../conformance/target/embedded.js';
import { httpTarget } from '../../conformance/target/http.js';
import { type ServeOptions, serveTarget } from '../../faults/serve-target.js';
import type { Circumstance } from './circumstance.js';
import { startNginx } from './nginx.js';

export interface ServedOptions {
  /** Each response ends its connection. */
  readonly closes?: boolean;
  /** Responses are compressed where the request allows it. */
  readonly gzip?: boolean;
  /** nginx stands before the server, with its gzip on. */
  readonly nginx?: boolean;
}

/** A tenant over HTTP on loopback, in real time. */
export function served(name: string, title: string, options: ServedOptions): Circumstance {
  return {
    name,
    title,
    async begin(contract) {
      const base = await embeddedTarget(contract);
      const server = await serveTarget(base, { write: writeAs(options) });
      const proxy = options.nginx === true ? await startNginx(Number(new URL(server.url).port)) : undefined;
      if (typeof proxy === 'string') {
        await server.close();
        return proxy;
      }
      const { audience, credentials, issue, sign, provision } = base;
      const url = new URL(proxy === undefined ? server.url : `http://127.0.0.1:${proxy.port}`);
      const over = httpTarget({ url, audience, credentials });
      const own = { ...(issue && { issue }), ...(sign && { sign }), ...(provision && { provision }) };
      return {
        target: { ...over, ...own },
        async end() {
          await proxy?.stop();
          await server.close();
        },
      };
    },
  };
}

/** Writes answers as the options say. */
function writeAs({ closes = false, gzip = false }: ServedOptions): NonNullable<ServeOptions['write']> {
  return ({ headers, text }, request) => {
    const isCompressed = gzip && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && text !== '';
    return {
      headers: {
        ...headers,
        ...(closes ? { connection: 'close' } : {}),
        ...(gzip ? { vary: 'accept-encoding' } : {}),
        ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
      },
      body: isCompressed ? gzipSync(text) : text,
    };
  };
}
