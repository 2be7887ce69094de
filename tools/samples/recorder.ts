import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { CertifiedKey } from '../../tenant/http/new-certificate.js';
import type { Tenant } from '../../tenant/tenant.js';

/** A request of a sample, and what the tenant answered. */
export interface Received {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  readonly contentType: string;
  /** Whether it has the token of the tenant. */
  readonly isAuthorized: boolean;
  readonly body: string;
  readonly status: number;
  readonly answer: string;
}

/** A server that passes requests to a tenant, which changes with each sample, and keeps them. */
export class Recorder {
  /** `https://localhost:4000` */
  readonly url: string;
  readonly close: () => void;
  #tenant: Tenant | undefined;
  #token = '';
  #received: Received[] = [];

  private constructor(url: string, close: () => void) {
    this.url = url;
    this.close = close;
  }

  static async listen({ certificate, key }: CertifiedKey): Promise<Recorder> {
    let recorder: Recorder | undefined;
    const server = createServer({ cert: certificate, key }, async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method = '', url = '', headers } = request;
      const answer = await recorder?.answer({ method, target: url, headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer?.status ?? 500, Object.fromEntries(answer?.headers ?? []));
      response.end(answer === undefined ? '' : Buffer.from(await answer.arrayBuffer()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // It listens on a port.
    recorder = new Recorder(`https://localhost:${port}`, () => {
      server.closeAllConnections();
      server.close();
    });
    return recorder;
  }

  /** Forgets what was received, and passes what follows to another tenant. */
  use(tenant: Tenant, token: string): void {
    this.#tenant = tenant;
    this.#token = token;
    this.#received = [];
  }

  received(): readonly Received[] {
    return this.#received;
  }

  async answer(sent: {
    readonly method: string;
    readonly target: string;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: string;
  }): Promise<Response | undefined> {
    const { method, target, headers, body } = sent;
    const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined || /^(host|connection|content-length|expect|transfer-encoding)$/.test(name)
        ? []
        : [[name, [value].flat().join(', ')]],
    );
    const answer = await this.#tenant?.fetch(this.url + target, {
      method,
      headers: kept,
      ...(body === '' || method === 'GET' ? {} : { body }),
    });
    this.#received.push({
      method,
      target,
      contentType: String(headers['content-type'] ?? ''),
      isAuthorized: headers.authorization === `Bearer ${this.#token}`,
      body,
      status: answer?.status ?? 0,
      answer: (await answer?.clone().text())?.slice(0, 200) ?? '',
    });
    return answer;
  }
}
