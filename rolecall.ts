#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, type OutputConfiguration } from 'commander';
import { RolecallError } from './contract/errors.js';
import { packageRoot } from './contract/load/package-root.js';
import { logText } from './contract/text/github-log.js';
import { printable, printableLines } from './contract/text/printable.js';

interface Subcommand {
  readonly name: string;
  readonly summary: string;
  /** Loads the subcommand, only when it is used: `generate` starts in a fraction of a second. */
  readonly load: () => Promise<{ command(): Command }>;
}

const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: 'generate',
    summary: 'write types, client, operations table and reference',
    load: () => import('./generator/command.js'),
  },
  {
    name: 'verify',
    summary: 'check whether a server keeps the contract',
    load: () => import('./conformance/command.js'),
  },
  {
    name: 'sweep',
    summary: 'remove what a killed run of verify left',
    load: () => import('./conformance/sweep/command.js'),
  },
  {
    name: 'baseline',
    summary: 'accept the findings of a report until a day',
    load: () => import('./conformance/finding/baseline-command.js'),
  },
  {
    name: 'explain',
    summary: 'explain a code of a finding',
    load: () => import('./conformance/finding/explain-command.js'),
  },
  {
    name: 'tenant',
    summary: 'run a tenant to develop and test against',
    load: () => import('./tenant/command.js'),
  },
  {
    name: 'replay',
    summary: 'check recorded traffic against the contract and replay it against a target',
    load: () => import('./replay/command.js'),
  },
  {
    name: 'proxy',
    summary: 'judge the traffic between an application and a server',
    load: () => import('./proxy/command.js'),
  },
  {
    name: 'scopes',
    summary: 'show which scopes recorded clients used, never used and lacked',
    load: () => import('./scopes/command.js'),
  },
  {
    name: 'diff',
    summary: 'show what a changed contract means for callers',
    load: () => import('./diff/command.js'),
  },
];

const GUIDE = `
Exit codes:
  0  conforms, up to date, nothing breaking
  1  violates, drift, breaking, mismatch
  2  the command could not do its work; one line says what, where and what to do

The contract is the file in --spec; by default spec/openapi.yaml in the working
directory, or the packaged contract.

Examples:
  rolecall tenant                        run a tenant on a free port
  rolecall verify http://127.0.0.1:4000  check a server against the contract
  rolecall help verify                   show all options of a subcommand
`;

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('rolecall')
    .description(
      'Types, client, docs, tenant and conformance checks from one contract for roles,\npermissions and organization members.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a subcommand')
    .addHelpText('after', GUIDE)
    .configureOutput(inOneLine('rolecall --help lists commands and options'))
    .showSuggestionAfterError()
    .exitOverride();
  const requested = argv[0] === 'help' ? argv[1] : argv[0];
  const known =
    requested === undefined || requested.startsWith('-') || SUBCOMMANDS.some(({ name }) => name === requested);
  for (const { name, summary, load } of SUBCOMMANDS) {
    const command = name === requested ? (await load()).command() : new Command(name);
    program.addCommand(
      command
        .summary(summary)
        .copyInheritedSettings(program)
        .configureOutput(inOneLine(`rolecall help ${name} shows its usage`)),
    );
  }
  if (argv.length === 0) {
    program.outputHelp();
    return;
  }
  // Commander answers `help nope` with the whole page; an unknown command is an error.
  await program.parseAsync(argv[0] === 'help' && !known ? [String(requested)] : [...argv], { from: 'user' });
}

/** Prints a message of commander about the arguments of a command on one line, with where to look. */
function inOneLine(help: string): OutputConfiguration {
  return {
    outputError(text, write) {
      const message = text
        .trim()
        .replace(/^error: /, '')
        .replace(/\s*\n\s*/g, ' ');
      // Messages with a suggestion end in a bracket.
      const hint = /^(unknown .*[^)]|(missing|too many) .*)$/.test(message) ? ` (${help})` : '';
      write(logText(`rolecall: ${printable(message)}${hint}\n`));
    },
  };
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : 'unknown';
}

/** Instead of an error that cannot be masked, most likely since the code that masks it is gone. */
const UNMASKED =
  'rolecall: an error is not shown, since its secrets could not be masked; if the files of rolecall were removed or replaced while it ran, run it again.';

/** Prints an error. Exit code 2, except for a page of help: 0. */
async function report(error: unknown): Promise<void> {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  process.exitCode = 2;
  const text =
    error instanceof RolecallError
      ? error.message.replaceAll(/^/gm, 'rolecall: ')
      : `rolecall: this is a defect of rolecall, please report it:\n${traceOf(error)}`;
  process.stderr.write(logText(printableLines(`${await masked(text).catch(() => UNMASKED)}\n`)));
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Text without the credentials in the environment and the options: an error may quote either. */
async function masked(text: string): Promise<string> {
  const { Redactor } = await import('./conformance/redaction/redact.js');
  const redactor = new Redactor();
  const { argv, env } = process;
  const optionOf = (name: string) =>
    argv.flatMap((word, index) =>
      argv[index - 1] === name ? [word] : word.startsWith(`${name}=`) ? [word.slice(name.length + 1)] : [],
    );
  for (const secret of [env.ROLECALL_CLIENT_SECRET, ...optionOf('--client-secret')])
    redactor.hide(secret ?? '', '$CLIENT_SECRET');
  for (const token of [env.ROLECALL_TOKEN, ...optionOf('--token')]) redactor.hide(token ?? '', '$TOKEN');
  return redactor.redact(text);
}

// A reader that went away (`rolecall diff … | head`) is not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout)
      process.stderr.write(`rolecall: cannot write to standard output: ${error.message}\n`);
    process.exit(2);
  });
}

// Node would exit with 1, which means "violates".
process.on('uncaughtException', (error) => void report(error).finally(() => process.exit(2)));

await main(process.argv.slice(2)).catch(report);
