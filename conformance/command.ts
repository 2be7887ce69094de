import { setFlagsFromString } from 'node:v8';
import { Command, Option } from 'commander';
import {
  allowRefOption,
  overlayOption,
  repeatable,
  setPathOption,
  specOption,
  strictOption,
} from '../contract/load/document-options.js';
import { AUDIENCE_OF_URL, ownershipOption, withCredentials } from './target/target-options.js';
import { DEPTHS, type RawOptions } from './verify-options.js';

/**
 * V8 spends a quarter of the processor time of a run on optimizing functions, since thousands of them run briefly each.
 * Copying a third as much of other functions into each makes that cheaper, and the run no slower.
 */
const LESS_INLINING = '--max-inlined-bytecode-size-cumulative=300';

const GUIDE = `
URL is the tenant's root; the contract adds the server path. Without URL, verify
runs against an embedded tenant. Options show in process lists, so pass secrets
in the environment:
  ROLECALL_URL  ROLECALL_CLIENT_ID  ROLECALL_CLIENT_SECRET
  ROLECALL_AUDIENCE  ROLECALL_TOKEN  ROLECALL_HEADERS (a line for each)
With client credentials, verify creates client grants to get tokens with any
scopes. With only --token, checks that need other tokens are skipped.
Pass your own certificate authority in NODE_EXTRA_CA_CERTS.

Everything verify creates has "rc" and eight characters in its name and is
removed at the end, also after Ctrl-C. A second Ctrl-C stops the cleanup and
lists what is left.

Operations of which the document does not say what they change are sent only to
a server on this machine, deletions included: use one whose data you can lose.
What they may have created is listed at the end.

Examples:
  the embedded tenant
    rolecall verify
  a server, with reports in out/
    rolecall verify http://127.0.0.1:4000 --report out
  a real tenant: about 6 requests per operation, fixtures included
    rolecall verify https://travel0.eu.auth0.com --depth smoke
  list the checks without sending anything
    rolecall verify --only 'users.*' --skip '*/invalid-*' --dry-run
  one check again, with the same requests
    rolecall verify --only users.roles.assign/scope-alternatives --seed 7
  every request and answer, in a file
    rolecall verify http://127.0.0.1:4000 --trace 2> trace.log
  one report from several shards
    rolecall verify --merge part-1/report.json part-2/report.json --report out

Exit codes:
  0  conforms (warnings allowed)
  1  violates
  2  inconclusive, or verify could not run; one line says why`;

/** `rolecall verify` */
export function command(): Command {
  const verify = new Command('verify')
    .description('Checks a server against the contract: answers, input, tokens, scopes, limits, state and protocol.')
    .argument('[url]', "the tenant's root (default: an embedded tenant)")
    .addOption(specOption())
    .addOption(overlayOption())
    .addOption(allowRefOption())
    .addOption(setPathOption())
    .addOption(strictOption())
    .option('--stateless', 'derive no state from paths and schemas (contracts without x-effect)');
  return (
    withCredentials(verify, AUDIENCE_OF_URL)
      .addOption(repeatable('--only <glob>', 'run only checks whose operationId/checkId matches'))
      .addOption(repeatable('--skip <glob>', 'leave out checks whose operationId/checkId matches'))
      // No default here: `readOptions` has it, and --merge refuses options that were passed.
      .addOption(new Option('--depth <depth>', 'how much to send (default: standard)').choices([...DEPTHS]))
      .option('--seed <n>', 'send the same requests again (default: random)')
      .option('--path <p>', 'replay one counterexample of one check')
      .option('--max-requests <n>', 'the most requests to send in all')
      .option('--timeout <ms>', 'end within this time, cleanup included')
      .option('--rate <n>', 'the most requests per second (default: as the rate limit allows)')
      .option('--plan <name>', "the tenant's plan, for its rate limits (default: found out)")
      .option('--provoke-rate-limit', 'exceed the rate limit once (default: only if local)')
      .option('--shard <i/n>', 'run part i of n of the plan; auto: as the CI job says')
      .option('--shards <n>', 'with --shard auto, where the job does not say how many')
      .option('--fixtures <file>', 'existing resources to use as fixtures, by resource (JSON)')
      .option('--allow-missing', 'skip operations that the target does not implement')
      .option('--baseline <file>', 'known findings that do not count until a day (JSON)')
      .option('--sarif <file>', 'write the findings as SARIF')
      .option('--har <file>', 'write all exchanges as HAR, secrets masked')
      .option('--report <dir>', 'write report.html, report.json, junit.xml, summary.md')
      .option('--merge <report...>', 'merge the report.json of all shards into one report; runs nothing')
      .option('--journal <file>', 'write creations here first (default: state folder, if not local)')
      .addOption(ownershipOption())
      .option('--tokens <file>', 'tokens with few scopes, instead of creating client grants (JSON)')
      .option('--read-only', 'run only what changes nothing')
      .option('--scopes', 'print the least client grant for the plan; send nothing')
      .option('--dry-run', 'print the plan; send nothing')
      .option('--trace', 'write every request and answer to stderr, secrets masked')
      .option('--verbose', 'list all that was not checked or skipped, and all commands')
      .option('--json', 'print report.json (or the plan) on stdout')
      .addHelpText('after', GUIDE)
      .action(async (url: string | undefined, raw: RawOptions) => {
        setFlagsFromString(LESS_INLINING);
        const { runVerify } = await import('./run-verify.js');
        process.exitCode = await runVerify(url, raw, process);
      })
  );
}
