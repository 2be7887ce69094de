import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forwarder, type Passing, passingOf } from '../../../conformance/test-support/forward.js';
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
  /** Tokens that were issued, and secrets of clients that were created: nobody may see them. */
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
      const passing = ownIds(passingOf(request, body), 'tamper' in misdeed ? misdeed.tamper.affix : undefined);
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
      const sound: Sound = { method: passing.method, url: passing.path, status, headers: rest, body: text };
      const given =
        'tamper' in misdeed && (misdeed.from === 'start' || turned) ? misdeed.tamper.change(sound, count) : sound;
      response.writeHead(given.status, given.headers).end(given.body === '' ? undefined : given.body);
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

/** A request with the ids that the sound tenant gave. */
function ownIds(passing: Passing, affix: string | undefined): Passing {
  if (affix === undefined) return passing;
  const inJson = JSON.stringify(affix).slice(1, -1);
  const path = passing.path.replaceAll(encodeURIComponent(affix), '');
  return { ...passing, path, body: passing.body.replaceAll(inJson, '') };
}

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return `http://127.0.0.1:${port}`;
}
