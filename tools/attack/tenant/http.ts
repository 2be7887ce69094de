import { Agent, type IncomingHttpHeaders, request as send } from 'node:http';
import { connect } from 'node:net';
import type { Contract } from '../../../contract/contract.js';
import { createTenant, defaultContract, type PlainRequest } from '../../../tenant/tenant.js';
import { hostileRequest } from '../../../tenant/test-support/hostile.js';
import type { Attack, AttackContext, AttackResult } from '../attack.js';
import { AnswerJudge } from './answer-judge.js';
import { authorizationsFor, idsIn } from './requests.js';

const AT_ONCE = 32;
const RESET_AFTER = 5_000;
const MAX_FAILURES = 20;
/** Milliseconds within which every request is answered or its connection closed. */
const PATIENCE = 20_000;
/** One request in so many is sent as bytes that no HTTP client writes. */
const RAW_EVERY = 100;

export const requestsOverHttp: Attack = {
  name: 'http',
  expects: 'no 5xx, an answer as documented, and a server that goes on',
  size: 200_000,
  async run({ size, random }: AttackContext): Promise<AttackResult> {
    const contract = await defaultContract();
    const tenant = await createTenant(contract, { seed: 1 });
    const defects: string[] = [];
    const server = await tenant.listen({ onDefect: (defect) => defects.push(String(defect)) });
    const authorizations = await authorizationsFor(tenant, contract.scopes);
    const judge = new AnswerJudge(contract);
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
    const failures: string[] = [];
    let seen: string[] = [];
    let sent = 0;
    const worker = async (): Promise<void> => {
      while (sent < size && failures.length < MAX_FAILURES) {
        sent += 1;
        if (sent % RESET_AFTER === 0) {
          tenant.reset();
          seen = [];
        }
        if (sent % RAW_EVERY === 0) {
          const [name, bytes] = RAW[random(RAW.length)] ?? ['nothing', ''];
          const answer = await sendRaw(server.url, bytes);
          if (!/^(HTTP\/1\.1 [1-4]|$)/.test(answer)) failures.push(`${name}: received ${answer.slice(0, 100)}`);
          continue;
        }
        const request = hostileRequest({ contract, random, authorizations, seen });
        const fault = await exchange(request, { url: server.url, agent, judge, seen });
        if (fault !== undefined) failures.push(`${request.method} ${request.path.slice(0, 200)}: ${fault}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    failures.push(...defects, ...(await stillAnswers(server.url, contract)));
    agent.destroy();
    await server.close();
    return { tried: sent, failures };
  },
};

interface Sending {
  readonly url: string;
  readonly agent: Agent;
  readonly judge: AnswerJudge;
  readonly seen: string[];
}

/** Sends what an HTTP client can send. @returns what is wrong with the answer */
async function exchange(hostile: PlainRequest, { url, agent, judge, seen }: Sending): Promise<string | undefined> {
  const method = /^[A-Z]+$/.test(hostile.method) && hostile.method !== 'CONNECT' ? hostile.method : 'GET';
  // Paths of other characters end at the client; `RAW` has some.
  const path = `/${hostile.path.replace(/^\//, '')}`.replace(/[^\x21-\x7e]/g, (one) =>
    encodeURIComponent(wellFormed(one)),
  );
  const query = hostile.query.replace(/[^\x21-\x7e]/g, (one) => encodeURIComponent(wellFormed(one)));
  const headers = Object.fromEntries(
    Object.entries(hostile.headers).filter(
      ([name, value = '']) => /^[a-z0-9-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value) && !OWN_HEADERS.has(name),
    ),
  );
  const body = method === 'GET' || method === 'HEAD' ? '' : hostile.body;
  // Without it, the body of a DELETE would be taken for the next request.
  const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve) => {
    const outgoing = send(`${url}/`, {
      agent,
      method,
      path: query === '' ? path : `${path}?${query}`,
      headers: { ...headers, ...length },
    });
    outgoing.setTimeout(PATIENCE, () => {
      resolve(`expected an answer within ${PATIENCE / 1000} s`);
      outgoing.destroy();
    });
    outgoing.on('error', (error) => resolve(`expected an answer, received ${error.message}`));
    outgoing.on('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () => {
        const status = incoming.statusCode ?? 0;
        if (status < 300) seen.push(...idsIn(text, 300 - seen.length));
        resolve(judge.fault({ method, path: resolved(path), status, headers: joined(incoming.headers), text }));
      });
    });
    outgoing.end(body);
  });
}

/** Written by the client; another value of them is for `RAW`. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'expect',
]);

function joined(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** The path that a server takes from a request line: without dot segments, query and fragment. */
function resolved(path: string): string {
  return URL.canParse(path, 'http://localhost') ? new URL(`http://localhost${path}`).pathname : path;
}

function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/g, '\ufffd');
}

const HEAD = 'Host: localhost\r\n';
/** Requests that are no HTTP, or HTTP at its edges. */
const RAW: readonly (readonly [name: string, bytes: string])[] = [
  ['no HTTP', 'hello\r\n\r\n'],
  ['an empty line', '\r\n\r\n'],
  ['HTTP/0.9', 'GET /\r\n'],
  ['a version from the future', `GET / HTTP/9.9\r\n${HEAD}\r\n`],
  ['a control character in the path', `GET /\u0001 HTTP/1.1\r\n${HEAD}\r\n`],
  ['UTF-8 in the path', `GET /é HTTP/1.1\r\n${HEAD}\r\n`],
  ['a path that leaves the root', `GET /../../etc/passwd HTTP/1.1\r\n${HEAD}\r\n`],
  ['a whole URL of another host', `GET http://other.invalid/api/v2/roles HTTP/1.1\r\n${HEAD}\r\n`],
  ['CONNECT', `CONNECT other.invalid:443 HTTP/1.1\r\n${HEAD}\r\n`],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['two hosts', `GET / HTTP/1.1\r\n${HEAD}Host: other.invalid\r\n\r\n`],
  ['two lengths', `POST / HTTP/1.1\r\n${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`],
  ['a negative length', `POST / HTTP/1.1\r\n${HEAD}Content-Length: -1\r\n\r\n`],
  ['a length and chunks', `POST / HTTP/1.1\r\n${HEAD}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a bad chunk', `POST / HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n`],
  ['a body that ends early', `POST /api/v2/roles HTTP/1.1\r\n${HEAD}Content-Length: 100\r\n\r\n{"name"`],
  ['a header without a colon', `GET / HTTP/1.1\r\n${HEAD}nonsense\r\n\r\n`],
  ['a header of 20,000 characters', `GET / HTTP/1.1\r\n${HEAD}x: ${'x'.repeat(20_000)}\r\n\r\n`],
  ['3,000 headers', `GET / HTTP/1.1\r\n${HEAD}${'x: y\r\n'.repeat(3_000)}\r\n`],
  ['a folded header', `GET / HTTP/1.1\r\n${HEAD}x: a\r\n b\r\n\r\n`],
  ['an upgrade', `GET / HTTP/1.1\r\n${HEAD}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`],
  ['an expectation', `POST / HTTP/1.1\r\n${HEAD}Expect: the impossible\r\nContent-Length: 0\r\n\r\n`],
  ['ten requests at once', `GET /api/v2/roles HTTP/1.1\r\n${HEAD}\r\n`.repeat(10)],
];

/** Writes bytes, reads until the other side is silent for a moment, and closes. @returns the start of the answer */
function sendRaw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = '';
    const end = (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(200, end);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('close', end).on('error', end);
  });
}

/** An ordinary request afterwards. */
async function stillAnswers(url: string, contract: Contract): Promise<readonly string[]> {
  const operation = contract.operations.find(({ security }) => security.length > 0);
  const { status } = await fetch(url + (operation?.route ?? '/').replaceAll(/\{[^}]*\}/g, 'x'), {
    method: operation?.method ?? 'GET',
  });
  return status === 401 ? [] : [`expected 401 of a request without a token afterwards, received ${status}`];
}
