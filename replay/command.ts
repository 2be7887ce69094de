import { Command } from 'commander';
import type { RawReplayOptions } from './run-replay.js';

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
            Writes of which nothing later tells are looked after.

An exchange is in the contract when its method and path, and each parameter and property that
it sends, are declared there; the others are counted and named. What a recording needs to find,
such as a role of an earlier day, is created first; where that cannot be, what rests on it is
counted as assumed. Requests go to the target and nowhere else, whatever host a recording names.
What is created at a target by URL is removed after each recording.

For secrets use the environment, since options show in process lists:
  ROLECALL_URL  ROLECALL_CLIENT_ID  ROLECALL_CLIENT_SECRET  ROLECALL_AUDIENCE  ROLECALL_TOKEN

Examples:
  rolecall replay recordings/*.json
  rolecall replay session.har --target http://127.0.0.1:4000
  rolecall replay traffic.json --json | jq .total

Exit codes:
  0  all that is in the contract keeps it and is answered as recorded
  1  something is not: each exchange is told with what was expected and what came
  2  a recording cannot be read, or the target cannot be reached; one line says why`;

/** `rolecall replay` */
export function command(): Command {
  return new Command('replay')
    .summary('hold recorded traffic against the contract and against a target')
    .description(
      'Tells whether recorded traffic keeps the contract, and whether a target answers as the recorded one did.',
    )
    .argument('<recording...>', 'files in HAR or JSON')
    .option(
      '--target <url>',
      "the tenant's root to send requests to; an embedded tenant, new for each recording, unless given",
    )
    .option('--client-id <id>', 'a client that may be granted tokens')
    .option('--client-secret <secret>', 'its secret; better ROLECALL_CLIENT_SECRET')
    .option('--audience <aud>', "the audience of tokens; the URL with the server's path and a slash unless given")
    .option('--token <token>', 'a token, used as it is; better ROLECALL_TOKEN')
    .option('--json', 'print one JSON document')
    .addHelpText('after', GUIDE)
    .action(async (files: readonly string[], raw: RawReplayOptions) => {
      const { runReplay } = await import('./run-replay.js');
      process.exitCode = await runReplay(files, raw, process);
    });
}
