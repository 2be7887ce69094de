import { type Command, Option } from 'commander';
import { repeatable } from '../../contract/load/document-options.js';

/** Adds the options of every command that sends requests with tokens. @param audience - what holds without `--audience` */
export function withCredentials(command: Command, audience: string): Command {
  return command
    .option('--client-id <id>', 'client that requests access tokens')
    .option('--client-secret <secret>', 'its secret; prefer ROLECALL_CLIENT_SECRET')
    .option('--audience <aud>', `audience of the tokens (default: ${audience})`)
    .option('--token <token>', 'access token to use as it is; prefer ROLECALL_TOKEN')
    .addOption(repeatable('--header <header>', 'send "NAME: VALUE" with every request'));
}

/** The audience of tokens at a target that only its URL names. */
export const AUDIENCE_OF_URL = 'the URL with the server path and a slash';

/** `--i-own-this-tenant NAME` of every command that changes a target. */
export function ownershipOption(): Option {
  return new Option('--i-own-this-tenant <name>', "the tenant's name; once for each target that is not local");
}
