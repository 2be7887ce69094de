#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { RolecallError } from './contract/errors.js';
import { packageRoot } from './contract/load/package-root.js';

interface Subcommand {
  readonly name: string;
  readonly summary: string;
  /** Loaded when the subcommand is asked for, and not before: `generate` starts in a fraction of a second. */
  readonly load: () => Promise<{ command(): Command }>;
}

const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: 'generate',
    summary: 'write types, client, operations table and reference from the contract',
    load: () => import('./generator/command.js'),
  },
  {
    name: 'verify',
    summary: 'tell whether a server keeps the contract',
    load: () => import('./conformance/command.js'),
  },
  {
    name: 'tenant',
    summary: 'run a tenant that keeps the contract, to develop and test against',
    load: () => import('./tenant/command.js'),
  },
  {
    name: 'replay',
    summary: 'hold recorded traffic against the contract and against a target',
    load: () => import('./replay/command.js'),
  },
  {
    name: 'diff',
    summary: 'tell what a changed contract means for callers',
    load: () => import('./diff/command.js'),
  },
];

const GUIDE = `
Exit codes:
  0  conforms, up to date, nothing breaking
  1  violates, drift, breaking, mismatch
  2  the command could not do its work; one line says what, where and what to do

Everything follows from one contract: spec/openapi.yaml of the working directory where
there is one, the packaged contract otherwise, or what --spec names.

  rolecall tenant                      a server to try things against, on a free port
  rolecall verify http://127.0.0.1:4000  does this server keep the contract?
  rolecall help verify                 all there is to know about one subcommand
`;

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('rolecall')
    .description('One contract for roles, permissions and organization members, and everything that follows from it.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this page')
    .helpCommand('help [command]', 'print the page of a subcommand')
    .addHelpText('after', GUIDE)
    .configureOutput({ outputError: (text, write) => write(inOneLine(text)) })
    .showSuggestionAfterError()
    .exitOverride();
  const asked = argv[0] === 'help' ? argv[1] : argv[0];
  const known = asked === undefined || asked.startsWith('-') || SUBCOMMANDS.some(({ name }) => name === asked);
  for (const { name, summary, load } of SUBCOMMANDS) {
    const command = name === asked ? (await load()).command() : new Command(name);
    program.addCommand(command.summary(summary).copyInheritedSettings(program));
  }
  if (argv.length === 0) {
    program.outputHelp();
    return;
  }
  // Commander would take `help nope` for a wish to see the whole page.
  await program.parseAsync(argv[0] === 'help' && !known ? [String(asked)] : [...argv], { from: 'user' });
}

/** What commander says of bad arguments, with its suggestion, as one line that says where to look. */
function inOneLine(text: string): string {
  const said = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ');
  const hint = /^unknown .*[^)]$/.test(said) ? ' (rolecall --help tells what there is)' : '';
  return `rolecall: ${said}${hint}\n`;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  const named = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return named ? String(manifest.version) : 'unknown';
}

/** Bad arguments and whatever else keeps a command from its work: 2. A page of help that was asked for: 0. */
function report(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  process.exitCode = 2;
  if (error instanceof RolecallError) {
    process.stderr.write(`${error.message.replaceAll(/^/gm, 'rolecall: ')}\n`);
    return;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`rolecall: this is a defect of rolecall, please report it:\n${trace}\n`);
}

// Output that is cut short (`rolecall diff … | head`) is no error, nor is a log whose reader went away.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

await main(process.argv.slice(2)).catch(report);
