import { createServer, type IncomingMessage } from 'node:http';
import { defaultContract } from '../contract/load/default.js';
import { faults } from './catalogue.js';
import { targetWith } from './verify-fault.js';

/** `node build/faults/serve.js NAME [PORT]`: serves a tenant with one planted fault over HTTP, for other tools. */

const [name = '', port = '0'] = process.argv.slice(2);
const fault = faults.find((one) => one.name === name);
if (fault === undefined) {
  process.stderr.write(`unknown fault "${name}"; expected one of\n${faults.map((one) => `  ${one.name}\n`).join('')}`);
  process.exit(2);
}

const target = await targetWith(fault, await defaultContract());
const server = createServer((request, response) => {
  void bodyOf(request).then(async (body) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([header, value]) => [header, String(value ?? '')]),
    );
    const { method = 'GET', url = '/' } = request;
    const sent = { method, path: url, headers, ...(body === '' ? {} : { body }) };
    const answer = await target.send(sent, { timeoutMs: 10_000 });
    response.writeHead(answer.status, { ...answer.headers });
    response.end(method === 'HEAD' || answer.text === '' ? undefined : answer.text);
  });
});
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`;
  const { client } = target.credentials;
  const line = { url, audience: target.audience, clientId: client?.id, clientSecret: client?.secret, fault };
  process.stdout.write(`${JSON.stringify(line)}\n`);
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
