import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { randomFrom } from '../conformance/engine/seed.js';
import { exactly, type Measured, shown, type Trial, within } from './measured.js';

export interface ProxyTrialOptions {
  /** The built command line. */
  readonly cli: string;
  readonly seed: number;
}

const EXCHANGES = 300;
const WARM_UP = 300;
const PAIRS = 2000;
/** The most that the proxy may add at the median, in milliseconds. */
const MOST_ADDED_MS = 1;
const LARGEST_BODY = 20_000;

/** The proxy between a client and a server that speak bytes: what it changes, and how long it takes. */
export function proxyTrial({ cli, seed }: ProxyTrialOptions): Trial {
  return {
    name: 'proxy',
    async measure() {
      const target = new ByteServer();
      const port = await target.listen();
      const proxy = spawn(process.execPath, [cli, 'proxy', `http://127.0.0.1:${port}`], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        const through = new URL(await addressOf(proxy));
        const random = randomFrom(seed);
        let same = 0;
        for (let index = 0; index < EXCHANGES; index += 1)
          if (await passesUnchanged(target, { port, through: Number(through.port), random })) same += 1;
        target.prepare(0);
        const added = await addedLatency(port, Number(through.port));
        return [
          exactly('exchanges byte for byte', String(same), String(EXCHANGES)),
          shown('pairs of requests', String(PAIRS)),
          within('added at the median', [added, MOST_ADDED_MS], (ms) => `${ms.toFixed(2)} ms`),
        ] satisfies readonly Measured[];
      } finally {
        proxy.kill();
        await once(proxy, 'exit');
        target.close();
      }
    },
  };
}

/** Keeps the bytes of requests, and answers each with the bytes that it was given. */
class ByteServer {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** What came since the last request was prepared. */
  received: Buffer = Buffer.alloc(0);
  #expected = 0;
  #answer: Buffer = Buffer.from('HTTP/1.1 204 No Content\r\n\r\n');

  constructor() {
    this.#server = createServer((socket) => {
      this.#open.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        this.received = Buffer.concat([this.received, chunk]);
        const isWhole = this.#expected === 0 ? chunk.includes('\r\n\r\n') : this.received.length === this.#expected;
        if (isWhole) socket.write(this.#answer);
      });
    });
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port; // it listens on a port
  }

  /** @param expected - the bytes of the next request; 0: answer each head */
  prepare(expected: number, answer?: Buffer): void {
    this.received = Buffer.alloc(0);
    this.#expected = expected;
    this.#answer = answer ?? Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
  }
}

interface Way {
  readonly port: number;
  readonly through: number;
  readonly random: () => number;
}

/** Whether a random request and a random answer arrive as they were sent, but for the name of the host. */
async function passesUnchanged(target: ByteServer, { port, through, random }: Way): Promise<boolean> {
  const [requestHead, requestBody] = [randomFields(random), randomBytes(random)];
  const head = (host: string) =>
    `POST /a%2Fb?q=%20&q HTTP/1.1\r\n${requestHead}HOST: ${host}\r\nContent-length:  ${requestBody.length}\r\n\r\n`;
  const answerBody = randomBytes(random);
  const answer = Buffer.concat([
    Buffer.from(
      `HTTP/1.1 418 A Teapot!\r\n${randomFields(random)}content-Length: ${answerBody.length}\r\n\r\n`,
      'latin1',
    ),
    answerBody,
  ]);
  const expected = Buffer.concat([Buffer.from(head(`127.0.0.1:${port}`), 'latin1'), requestBody]);
  target.prepare(expected.length, answer);
  const sent = Buffer.concat([Buffer.from(head('proxy.example'), 'latin1'), requestBody]);
  const socket = connect(through, '127.0.0.1');
  let received = Buffer.alloc(0);
  try {
    socket.write(sent);
    while (received.length < answer.length) {
      const [chunk] = await once(socket, 'data');
      received = Buffer.concat([received, chunk]);
    }
  } finally {
    socket.destroy();
  }
  return received.equals(answer) && target.received.equals(expected);
}

const FIELD_CHARACTERS = "abcXYZ019!#$%&'*+-.^_`|~";

function randomFields(random: () => number): string {
  return Array.from({ length: Math.floor(random() * 8) }, (_, index) => {
    const text = Array.from({ length: 1 + Math.floor(random() * 30) }, () => {
      const at = Math.floor(random() * FIELD_CHARACTERS.length);
      return FIELD_CHARACTERS[at];
    });
    return `X-${index}-${random() < 0.5 ? 'Odd' : 'odd'}:${' '.repeat(Math.floor(random() * 3))}${text.join('')}\r\n`;
  }).join('');
}

function randomBytes(random: () => number): Buffer {
  return Buffer.from(Array.from({ length: Math.floor(random() * LARGEST_BODY) }, () => Math.floor(random() * 256)));
}

/** Milliseconds at the median of requests through the proxy and without it, by turns. */
async function addedLatency(port: number, through: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const added: number[] = [];
  try {
    for (let pair = 0; pair < WARM_UP + PAIRS; pair += 1) {
      const direct = await timeOf(port, agent);
      const proxied = await timeOf(through, agent);
      if (pair >= WARM_UP) added.push(proxied - direct);
    }
  } finally {
    agent.destroy();
  }
  return added.sort((one, other) => one - other)[Math.floor(added.length / 2)] ?? Number.POSITIVE_INFINITY;
}

function timeOf(port: number, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const sent = request({ port, host: '127.0.0.1', agent, path: '/' }, (response) => {
      response.resume();
      response.on('end', () => resolve(performance.now() - begin));
    });
    sent.on('error', reject);
    sent.end();
  });
}

function addressOf(proxy: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    proxy.stdout?.on('data', (chunk: Buffer) => {
      text += chunk;
      const [, address] = /Proxy at (\S+) to/.exec(text) ?? [];
      if (address !== undefined) resolve(address);
    });
    proxy.once('exit', (code) => reject(new Error(`The proxy ended with ${code}.`)));
  });
}
