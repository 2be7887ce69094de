import { defaultContract } from '../contract/load/default.js';
import { faults } from './catalogue.js';
import { serveTarget } from './serve-target.js';
import { targetWith } from './verify-fault.js';

/** `node build/faults/serve.js NAME [PORT]`: serves a tenant with one planted fault over HTTP, for other tools. */

const [name = '', port = '0'] = process.argv.slice(2);
const fault = faults.find((one) => one.name === name);
if (fault === undefined) {
  process.stderr.write(`unknown fault "${name}"; expected one of\n${faults.map((one) => `  ${one.name}\n`).join('')}`);
  process.exit(2);
}

const target = await targetWith(fault, await defaultContract());
const { url } = await serveTarget(target, Number(port));
const { client } = target.credentials;
const line = { url, audience: target.audience, clientId: client?.id, clientSecret: client?.secret, fault };
process.stdout.write(`${JSON.stringify(line)}\n`);
