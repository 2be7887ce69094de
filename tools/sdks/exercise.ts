import { writeFile } from 'node:fs/promises';
import { CALLS, isNamedLikeOurGroups, isOfOurGroups } from './calls/calls.js';
import type { PreparedCall } from './calls/expectation.js';
import { Driver } from './driver.js';
import { excused } from './faults.js';
import { Fixtures, NotInContract } from './fixtures.js';
import { type CallResult, contradiction, type Outcome, outcomeOf } from './outcome.js';
import type { SendingMethod } from './protocol.js';

/**
 * Calls every method of an SDK that belongs to our groups. Runs as the command of `rolecall tenant -- COMMAND`; its
 * arguments are the SDK's name, a pattern for the names of methods, a file for the results, the folder to run in, and the
 * command that starts the driver.
 */

async function exerciseMethod(
  driver: Driver,
  fixtures: Fixtures,
  method: SendingMethod,
): Promise<readonly CallResult[]> {
  const operation = `${method.verb} ${method.path}`;
  const results: CallResult[] = [];
  for (const prepared of await preparedFor(operation, fixtures)) {
    const { query } = prepared;
    results.push({
      method: method.name,
      operation,
      ...(query === undefined ? {} : { query }),
      ...(await outcomeOfCall(driver, fixtures, method, prepared)),
    });
  }
  return results;
}

async function outcomeOfCall(
  driver: Driver,
  fixtures: Fixtures,
  method: SendingMethod,
  prepared: PreparedCall,
): Promise<Outcome> {
  const { path = [], query = {}, body, afterwards } = prepared;
  const outcome = outcomeOf(await driver.call({ method: method.name, path, query, body }), prepared);
  if (afterwards === undefined || outcome.kind !== 'worked') return outcome;
  const reason = contradiction(afterwards, await fixtures.request('GET', afterwards.get));
  return reason === undefined ? outcome : { kind: 'wrong', reason };
}

/** Operations that the contract leaves out need only arguments that the SDK sends. */
async function preparedFor(operation: string, fixtures: Fixtures): Promise<readonly PreparedCall[]> {
  try {
    const prepare = CALLS[operation];
    if (prepare !== undefined) return await prepare(fixtures);
  } catch (error) {
    if (!(error instanceof NotInContract)) throw error;
  }
  return [{ path: [...operation.matchAll(/\{\}/g)].map(() => 'placeholder') }];
}

const [sdk = '', pattern = '', file = '', folder = '', ...command] = process.argv.slice(2);
const driver = await Driver.start(command, folder);
const results: CallResult[] = [];
const fixtures = await Fixtures.connect(process.env);
for (const method of driver.methods.filter(({ name }) => new RegExp(pattern).test(name))) {
  if (method.verb === undefined) {
    if (isNamedLikeOurGroups(method.name)) {
      const reason = 'it sent no request when it was looked up';
      results.push({ method: method.name, operation: 'unknown', kind: 'wrong', reason });
    }
  } else if (isOfOurGroups(method.path)) results.push(...(await exerciseMethod(driver, fixtures, method)));
}
driver.stop();
await writeFile(file, JSON.stringify(results.map((result) => excused(sdk, result))));
