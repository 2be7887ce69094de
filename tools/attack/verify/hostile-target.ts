import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forwarder, passingOf } from '../../../conformance/test-support/forward.js';
import { bodyOf } from '../../../conformance/test-support/loopback.js';
import type { Tenant } from '../../../tenant/tenant.js';
import type { Answer } from './answers.js';
import type { Sound, Tampering } from './tampering.js';

/** What a target does wrong, and from when on; until then it answers as a sound tenant. */
export type Misdeed =
  | { readonly from: 'token' | 'start' | 'midway'; readonly answer: Answer }
  | { readonly from: 'midway' | 'start'; readonly tamper: Tampering };

/** By then the fixtures of a run exist. */
const GOOD_REQUESTS = 60;

export interface HostileServer {
  readonly url: string;
  /** Tokens that were issued, and secrets of clients that were created: they must not appear in any output. */
  readonly secrets: ReadonlySet<string>;
  /** Requests that reached the other host. */
  readonly astray: readonly string[];
  close(): Promise<void>;
}

export async function startHostileServer(tenant: Tenant, soundUrl: string, misdeed: Misdeed): Promise<HostileServer> {
  const good = forwarder(soundUrl);
  const secrets = new Set<string>();
  const astray: string[] = [];
  const other = createServer((request, response) => {
    astray.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"theirs"}');
  });
  const elsewhere = await listening(other);
  let count = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      count += 1;
      const given = passingOf(request, body);
      const passing = 'tamper' in misdeed ? (misdeed.tamper.own?.(given) ?? given) : given;
      const isToken = passing.path.startsWith('/oauth');
      const turned = misdeed.from === 'midway' ? count > GOOD_REQUESTS : misdeed.from === 'token' ? isToken : !isToken;
      if (turned && 'answer' in misdeed) {
        const { clientId, clientSecret } = tenant;
        misdeed.answer(response, { request, body, secret: clientSecret, clientId, elsewhere });
        return;
      }
      const { status, headers, body: text } = await good.forward(passing);
      for (const [, secret = ''] of text.matchAll(/"(?:client_secret|access_token)":"([^"]{16,})"/g))
        secrets.add(secret);
      const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      const { 'content-length': _length, ...rest } = plain;
      const sound: Sound = { method: passing.method, url: given.path, status, headers: rest, body: text };
      const answer =
        'tamper' in misdeed && (misdeed.from === 'start' || turned) ? misdeed.tamper.change(sound, count) : sound;
      response.writeHead(answer.status, answer.headers).end(answer.body === '' ? undefined : answer.body);
    })().catch(() => response.destroy());
  });
  const url = await listening(server);
  return {
    url,
    secrets,
    astray,
    close: async () => {
      good.close();
      for (const one of [server, other]) {
        one.closeAllConnections();
        await new Promise((resolve) => one.close(resolve));
      }
    },
  };
}

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return `http://127.0.0.1:${port}`;
}
