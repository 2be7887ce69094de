import { Command } from 'commander';
import {
  allowRefOption,
  overlayOption,
  setPathOption,
  specOption,
  strictOption,
} from '../../contract/load/document-options.js';
import { ownershipOption, withCredentials } from '../target/target-options.js';
import type { RawSweepOptions } from './run-sweep.js';

const GUIDE = `
With a journal, the file that verify named when it started, sweep removes what
the run created and did not remove, in the right order. It searches creations
whose answer never came, by their unique names. Run it as often as needed.

With a URL, it sweeps the journals of this target on this machine first. Then it
lists everything that carries the mark of a run ("rc", eight characters, a
letter or digit, "-" and a number) and what refers to it, and removes it after
you confirm. Pass --yes in scripts.

Credentials are never in a journal; pass them in the environment:
  ROLECALL_CLIENT_ID  ROLECALL_CLIENT_SECRET  ROLECALL_TOKEN

Examples:
  what one killed run left
    rolecall sweep run.jsonl
  what the runs of other machines left, too
    rolecall sweep https://travel0.eu.auth0.com

Exit codes:
  0  nothing is left (with a URL: nothing that carries a mark)
  1  something is left; each is named
  2  sweep could not do its work; one line says why`;

/** `rolecall sweep [JOURNAL | URL] [--yes]` */
export function command(): Command {
  const sweep = new Command('sweep')
    .description('Removes what runs of verify that were killed left at their target.')
    .argument('[journal|url]', 'a journal, or the root of a tenant (default: ROLECALL_URL)')
    .option('--yes', 'remove what carries our mark without asking')
    .addOption(specOption('that of the run'))
    .addOption(overlayOption())
    .addOption(allowRefOption())
    .addOption(setPathOption())
    .addOption(strictOption());
  return withCredentials(sweep, 'that of the run')
    .addOption(ownershipOption())
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', GUIDE)
    .action(async (subject: string | undefined, raw: RawSweepOptions) => {
      const { runSweep } = await import('./run-sweep.js');
      process.exitCode = await runSweep(subject, raw, process);
    });
}
