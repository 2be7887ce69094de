import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Contract } from '../contract/contract.js';
import { localCertificate } from '../tenant/http/certificate.js';
import type { SigningKey } from '../tenant/tenant.js';
import { realClock } from './simulated-clock.js';
import { SimulatedTenant } from './simulated-tenant.js';

/** A tenant over TLS on this machine, with the latency of the internet. */
export interface HttpsTenant {
  readonly url: string;
  readonly simulated: SimulatedTenant;
  /** The file of the certificate authority that clients must trust. */
  readonly authority: string;
  close(): Promise<void>;
}

export interface HttpsTenantOptions {
  readonly contract: Contract;
  readonly key: SigningKey;
  readonly seed: number;
  readonly plan?: string;
  /** Where the certificate is stored. */
  readonly folder: string;
}

/** Longer than any request of this harness. */
const TIMEOUT_MS = 60_000;

export async function startHttpsTenant({ folder, ...options }: HttpsTenantOptions): Promise<HttpsTenant> {
  const { tls, authority } = await localCertificate(folder, { hosts: [], now: Date.now() });
  let answer: (request: IncomingMessage, response: ServerResponse) => Promise<void> = async () => undefined;
  const server = createServer(tls, (request, response) => {
    // A client that was killed leaves its connection broken.
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this type.
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  const simulated = await SimulatedTenant.create({ ...options, clock: realClock(), baseUrl: url });
  const target = simulated.target();
  answer = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const sent = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers,
      ...(body === '' ? {} : { body }),
    };
    const { status, headers: received, text } = await target.send(sent, { timeoutMs: TIMEOUT_MS });
    response.writeHead(status, received).end(text === '' ? undefined : text);
  };
  return {
    url,
    simulated,
    authority,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
