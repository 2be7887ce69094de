import { Command } from 'commander';
import { AUDIENCE_OF_URL, ownershipOption, withCredentials } from '../conformance/target/target-options.js';
import {
  allowRefOption,
  overlayOption,
  setPathOption,
  specOption,
  strictOption,
} from '../contract/load/document-options.js';
import type { RawReplayOptions } from './run-replay.js';

const GUIDE = `
A recording is traffic with a real API, in one of these formats:
  HAR 1.2       of browsers, Polly.js, mitmproxy, Playwright (with its files)
  go-vcr        YAML, versions 1 to 4
  vcrpy         YAML or JSON
  Ruby VCR      YAML or JSON
  nock          JSON of nock.recorder or nock.back
  exchange list {"recording": "name", "exchanges": [
                  {"request": {"method", "path", "query"?, "body"?},
                   "response": {"status", "contentType"?, "headers"?, "body"?}
                }]}, or a list of these

replay answers two questions for each exchange:
  conform  Does the traffic keep the contract? The status is documented; body,
           headers and content type match their schemas.
  matched  Does the target answer as recorded? Requests are sent in order, with
           ids, times and cursors translated. Status, errorCode and all values
           that follow from requests must be equal. The pages of a listing are
           compared as one set. Writes that no later request shows are verified.

An exchange is in the contract if the contract declares its operation and every
parameter and property that it sends. Other exchanges are counted and listed.
Resources that a recording needs are created first; exchanges that depend on
something that cannot be created, or that was not recorded, count as assumed.
Requests go to the target only, whatever hosts a recording contains. At a target
with a URL, replay deletes what it created after each recording. A target that
is not on this machine needs --i-own-this-tenant NAME, as for verify.

Pass secrets in the environment, because options are visible in process lists:
  ROLECALL_URL  ROLECALL_CLIENT_ID  ROLECALL_CLIENT_SECRET
  ROLECALL_AUDIENCE  ROLECALL_TOKEN

Examples:
  rolecall replay recordings/*.json
  rolecall replay session.har --target http://127.0.0.1:4000
  rolecall replay cassettes --json | jq .total

Exit codes:
  0  every exchange in the contract conforms and matches
  1  at least one does not; each is printed with expected and actual values
  2  a recording cannot be read or the target cannot be reached`;

/** `rolecall replay RECORDING... [--target URL] [--spec FILE] [--json]` */
export function command(): Command {
  const replay = new Command('replay')
    .description('Checks recorded traffic against the contract, and whether a target answers as recorded.')
    .argument('<recording...>', 'recordings: HAR, YAML or JSON files, or folders')
    .option('--target <url>', 'root URL of the target (default: a new embedded tenant for each recording)')
    .addOption(specOption())
    .addOption(overlayOption())
    .addOption(allowRefOption())
    .addOption(setPathOption())
    .addOption(strictOption());
  return withCredentials(replay, AUDIENCE_OF_URL)
    .addOption(ownershipOption())
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', GUIDE)
    .action(async (files: readonly string[], raw: RawReplayOptions) => {
      const { runReplay } = await import('./run-replay.js');
      process.exitCode = await runReplay(files, raw, process);
    });
}
