import { Command, Option } from 'commander';
import type { Target } from '../targets/target.js';
import { ReplayError } from './replay-error.js';

interface ReplayOptions {
  readonly target?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly audience?: string;
  readonly token?: string;
  readonly json?: boolean;
}

const GUIDE = `
A recording is traffic with a real API: HAR 1.2, as browsers and proxies save it, or JSON:

  {"recording": "name", "exchanges": [{"request": {"method", "path", "query"?, "body"?},
    "response": {"status", "contentType"? or "headers"?, "body"?}}]}

or a list of such. Two questions are answered of each exchange:

  conform   does the traffic keep the contract: a documented status, and bodies, headers and
            content type as the contract says?
  matched   does the target answer as the recorded one did? Requests are sent in their order,
            with ids, times and cursors translated. Status, errorCode and everything that
            follows from what was sent must be the same; the pages of a listing are one set.

An exchange is in the contract when its method and path, and each parameter and property that
it sends, are declared there; the others are counted and named. What a recording needs to find,
a role of an earlier day, say, is created first; where that cannot be, what rests on it is
counted as assumed. Requests go to the target and nowhere else, whatever host a recording names.

Examples:
  rolecall replay recordings/*.json
  rolecall replay session.har --target http://127.0.0.1:4000
  rolecall replay traffic.json --json | jq .total

Exit codes:
  0  all that is in the contract keeps it and is answered as recorded
  1  something is not: each exchange is told with what was expected and what came
  2  a recording cannot be read, or the target cannot be reached
`;

/** `rolecall replay` */
export function command(): Command {
  return new Command('replay')
    .summary('hold recorded traffic against the contract and against a target')
    .description('Tells whether recorded traffic keeps the contract, and whether a target answers as the recorded one did.')
    .argument('<recording...>', 'files in HAR or JSON')
    .option('--target <url>', 'the root of the tenant to send requests to; an embedded tenant, new for each recording, if not given')
    .addOption(new Option('--client-id <id>', 'a client of the target').env('ROLECALL_CLIENT_ID'))
    .addOption(
      new Option('--client-secret <secret>', 'its secret; better by the variable, since options show in process lists').env(
        'ROLECALL_CLIENT_SECRET',
      ),
    )
    .addOption(new Option('--audience <audience>', 'the audience of tokens; URL/api/v2/ if not given').env('ROLECALL_AUDIENCE'))
    .addOption(new Option('--token <token>', 'a token, in place of a client; better by the variable').env('ROLECALL_TOKEN'))
    .option('--json', 'print one JSON document')
    .addHelpText('after', GUIDE)
    .action(run);
}

async function run(files: readonly string[], options: ReplayOptions): Promise<void> {
  const [{ defaultContract }, { readRecordings }, { replay }, { formatReport }, { jsonReport }, { default: picocolors }, { Redactor }] =
    await Promise.all([
      import('../../spec/contract/default.js'),
      import('./read/read-recordings.js'),
      import('./replay.js'),
      import('./report/text.js'),
      import('./report/json.js'),
      import('picocolors'),
      import('../redact.js'),
    ]);
  const contract = await defaultContract();
  const recordings = (await Promise.all(files.map((file) => readRecordings(file)))).flat();
  const redactor = new Redactor();
  const target = await targetOf(options, contract.serverPath);
  for (const secret of [options.clientSecret, options.token]) if (secret !== undefined) redactor.hide(secret, '$SECRET');
  const progress = progressLine(recordings.reduce((sum, { exchanges }) => sum + exchanges.length, 0));
  const report = await replay({
    contract,
    recordings,
    redactor,
    onPlayed: progress.tick,
    ...(target === undefined ? {} : { target }),
  });
  progress.end();
  const text =
    options.json === true ? jsonReport(report) : formatReport(report, picocolors.createColors(process.stdout.isTTY && picocolors.isColorSupported));
  process.stdout.write(redactor.redact(text));
  process.exitCode = report.total.mismatched > 0 ? 1 : 0;
}

async function targetOf(options: ReplayOptions, serverPath: string): Promise<Target | undefined> {
  const address = options.target ?? process.env.ROLECALL_URL;
  if (address === undefined || address === '') return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ReplayError('TARGET_UNREACHABLE', `--target "${address}": expected an http or https URL, the root of a tenant.`);
  }
  const { httpTarget } = await import('../targets/http.js');
  const { clientId, clientSecret, token } = options;
  const root = url.href.replace(/\/+$/, '');
  return httpTarget({
    url,
    audience: options.audience ?? `${root}${serverPath}/`,
    credentials: {
      ...(clientId === undefined || clientSecret === undefined ? {} : { client: { id: clientId, secret: clientSecret } }),
      ...(token === undefined ? {} : { token }),
    },
  });
}

/** How far it is, on stderr: a line that changes on a terminal, nothing elsewhere. */
function progressLine(total: number): { tick(): void; end(): void } {
  if (!process.stderr.isTTY) return { tick: () => undefined, end: () => undefined };
  let done = 0;
  return {
    tick: () => {
      done += 1;
      if (done % 25 === 0 || done === total) process.stderr.write(`\r${done}/${total} exchanges`);
    },
    end: () => process.stderr.write('\r\u001b[K'),
  };
}
