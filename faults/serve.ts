import { InvalidArgumentError } from 'commander';
import { defaultContract } from '../contract/load/default.js';
import { faults } from './catalogue.js';
import type { Fault } from './fault.js';
import { serveTarget } from './serve-target.js';
import { toolCommand } from './tool-command.js';
import { targetWith } from './verify-fault.js';
import { wholeNumber } from './whole-number.js';

/** `node build/faults/serve.js NAME [PORT]`: serves a tenant with one planted fault over HTTP, for other tools. */

function faultNamed(name: string): Fault {
  const fault = faults.find((one) => one.name === name);
  if (fault !== undefined) return fault;
  const [first = ''] = name.split('-');
  const close = faults.map((one) => one.name).filter((other) => other.includes(first));
  const known = close.length > 0 ? `close to it: ${close.join(', ')}` : 'docs/faults.json lists all';
  throw new InvalidArgumentError(`unknown fault "${name}"; ${known}`);
}

const program = toolCommand(
  'serve',
  'serve a tenant with one planted fault over HTTP;\nprint its address and credentials as one line of JSON',
)
  .argument('<fault>', 'the name of a fault; docs/faults.json lists them', faultNamed)
  .argument('[port]', 'where it listens; 0: a free port', wholeNumber(0), 0)
  .parse();
// As the parsers above return them.
const [fault, port] = program.processedArgs as [Fault, number];

const target = await targetWith(fault, await defaultContract());
const { url } = await serveTarget(target, { port });
const { client } = target.credentials;
const line = { url, audience: target.audience, clientId: client?.id, clientSecret: client?.secret, fault };
process.stdout.write(`${JSON.stringify(line)}\n`);
