import { Command, Option } from 'commander';
import { DEPTHS, type RawOptions } from './verify-options.js';

const GUIDE = `
Without URL, a tenant in this process is verified. The URL is a tenant's root; the contract adds the server's path.
For secrets use the environment, since options show in process lists:
  ROLECALL_URL  ROLECALL_CLIENT_ID  ROLECALL_CLIENT_SECRET  ROLECALL_AUDIENCE  ROLECALL_TOKEN
With a client, tokens of any scopes are had by client grants. With a token alone, what needs others is skipped.
A certificate authority of your own goes into NODE_EXTRA_CA_CERTS.

Everything that is created at the target has "rc" and eight characters in its name, and is removed at the end, also
after Ctrl-C; a second Ctrl-C leaves it and says what is left.

Examples:
  rolecall verify                                                    the embedded tenant
  rolecall verify http://127.0.0.1:4000 --report out                 a server, with reports in out/
  rolecall verify https://travel0.eu.auth0.com --depth smoke         a real tenant: 4 requests an operation, and fixtures
  rolecall verify --only 'users.*' --skip '*/invalid-*' --dry-run    what would be checked
  rolecall verify --only users.roles.assign/scope-alternatives --seed 7 --path 3:1
  rolecall verify --merge part-1/report.json part-2/report.json --report out

Exit codes:
  0  conforms (warnings allowed)
  1  violates
  2  inconclusive, or it could not be verified at all; one line says why`;

/** `rolecall verify` */
export function command(): Command {
  const collect = (value: string, previous: readonly string[] | undefined) => [...(previous ?? []), value];
  return new Command('verify')
    .summary('tell whether a server keeps the contract')
    .description('Checks a server against the contract: answers, input, tokens, scopes, limits, state and protocol.')
    .argument('[url]', "the tenant's root, such as https://travel0.eu.auth0.com; an embedded tenant unless given")
    .option(
      '--spec <file>',
      "the contract's root document; spec/openapi.yaml of the working directory, or the packaged one, unless given",
    )
    .option('--client-id <id>', 'a client that may be granted tokens')
    .option('--client-secret <secret>', 'its secret; better ROLECALL_CLIENT_SECRET')
    .option('--audience <aud>', "the audience of tokens; the URL with the server's path and a slash unless given")
    .option('--token <token>', 'a token, used as it is; better ROLECALL_TOKEN')
    .option('--only <glob>', 'only checks whose operationId/checkId matches; repeatable', collect)
    .option('--skip <glob>', 'no checks whose operationId/checkId matches; repeatable', collect)
    .addOption(new Option('--depth <depth>', 'how much to send').choices([...DEPTHS]).default('standard'))
    .option('--seed <n>', 'makes the same requests again; random unless given')
    .option('--path <p>', 'replays one counterexample of one check')
    .option('--max-requests <n>', 'send no more than so many requests in all')
    .option('--timeout <ms>', 'end within so many milliseconds, cleaning up included')
    .option('--shard <i/n>', 'do part i of n of the plan')
    .option('--report <dir>', 'write report.json, junit.xml and summary.md there')
    .option('--merge <report...>', 'run nothing; make one report of the report.json of several shards')
    .option('--dry-run', 'print the plan, send nothing')
    .option('--json', 'print report.json (or the plan) on standard output')
    .addHelpText('after', GUIDE)
    .action(async (url: string | undefined, raw: RawOptions) => {
      const { runVerify } = await import('./run-verify.js');
      process.exitCode = await runVerify(url, raw, process);
    });
}
