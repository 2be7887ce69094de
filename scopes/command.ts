import { Command } from 'commander';
import { allowRefOption, overlayOption, specOption, strictOption } from '../contract/load/document-options.js';
import type { RawScopesOptions } from './run-scopes.js';

const GUIDE = `
Recordings are files that rolecall replay reads: HAR, cassettes, exchange lists
(rolecall help replay lists them). rolecall proxy --record makes one.

For each client:
  used        the fewest scopes with which the same requests get past the scope
              check, and the operations that need each
  never used  what its tokens were granted besides
  lacked      what requests that got a 403 were missing

Clients and granted scopes come from the claims of tokens. Where a recorder has
left tokens out, they come from the answer of the token endpoint, if one client
alone asks it.

Examples:
  rolecall scopes traffic.json
  rolecall scopes session.har --json | jq .clients

Exit codes:
  0  the scopes are printed
  2  a recording cannot be read, or says nothing about scopes`;

/** `rolecall scopes RECORDING...` */
export function command(): Command {
  return new Command('scopes')
    .description(
      'Shows which scopes each client of recorded traffic used, was granted and never\nused, and lacked, with the least client grant.',
    )
    .argument('<recording...>', 'recordings: HAR, YAML or JSON files, or folders')
    .addOption(specOption())
    .addOption(overlayOption())
    .addOption(allowRefOption())
    .addOption(strictOption())
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', GUIDE)
    .action(async (files: readonly string[], raw: RawScopesOptions) => {
      const { runScopes } = await import('./run-scopes.js');
      process.exitCode = await runScopes(files, raw, process);
    });
}
