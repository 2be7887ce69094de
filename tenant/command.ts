import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { Contract } from '../contract/contract.js';
import {
  allowRefOption,
  overlayOption,
  repeatable,
  setPathOption,
  specOption,
  strictOption,
} from '../contract/load/document-options.js';
import { logText } from '../contract/text/github-log.js';
import { GUIDE } from './cli/help.js';
import type { CommandOptions } from './cli/options.js';
import {
  checkOutput,
  controlOptions,
  parseHabit,
  parseHost,
  parsePort,
  parseSeed,
  parseWaitFor,
} from './cli/options.js';
import type { RunningTenant } from './cli/running-tenant.js';
import { stopSignal } from './cli/stop-signal.js';
import type { TrustFiles } from './cli/trust.js';
import type { LocalCertificate } from './http/certificate.js';
import type { Listening, TenantOptions } from './tenant.js';

/** How long to wait for the reader of the log before exiting, in milliseconds. */
const LOG_FLUSH_TIMEOUT = 500;

/** `rolecall tenant` */
export function command(): Command {
  return new Command('tenant')
    .description(
      'Runs a tenant that implements the contract, for development and tests.\n' +
        'Stops on SIGTERM and SIGINT, or when the process that started it ends.',
    )
    .argument('[command...]', 'run this command with the tenant, and stop with it;\nwrite it after --')
    .option('--port <n>', 'port to listen on; 0 for a free one', parsePort, 0)
    .option('--host <address>', 'address to listen on', parseHost, '127.0.0.1')
    .option('--tls', 'serve HTTPS with a certificate of a local authority')
    .option('--url <url>', 'URL that clients use, if it differs from the address:\nbehind a proxy, or in a container')
    .addOption(specOption())
    .addOption(overlayOption())
    .addOption(allowRefOption())
    .addOption(setPathOption())
    .addOption(strictOption())
    .option('--state <file>', 'initial state, in JSON or YAML')
    .option('--import <dir>', 'start with what auth0-deploy-cli exported, as a\nfolder or as YAML')
    .option('--data <dir>', 'keep the state in this folder (default: in memory)')
    .option('--data-sync', 'with --data: write each change to the disk before the\nanswer, against a loss of power')
    .option('--stateless', 'answer as documented and change nothing, for contracts\nwithout x-effect')
    .option('--plan <name>', 'enforce the rate limits of this plan\n(default: no limits)')
    .option('--habit <name=value>', 'do as the real service does (habits: see below); repeatable', parseHabit)
    .option('--seed <n>', 'generate the same ids and credentials on each start', parseSeed)
    .option('--quiet', 'do not log requests')
    .option(
      '--json',
      'print one line of JSON once the tenant listens: url,\naudience, clientId, clientSecret; control with url and\ntoken of the control API; ca with --tls; token if the\ncontract has no token endpoint; listening with --url',
    )
    .option(
      '--wait-for <url>',
      'print, or run COMMAND, once this URL answers with a\nstatus below 400; a path is one of the tenant',
      parseWaitFor,
    )
    .option('--no-control', 'serve no control API')
    .addOption(repeatable('--control-host <name>', 'let other machines use the control API under this host name'))
    .option('--open-control', 'let the control API need no token')
    .option('--env', 'print shell exports with the variables that a command\ngets, and keep running')
    .addHelpText('after', GUIDE)
    .action(run);
}

async function run(words: readonly string[], options: CommandOptions): Promise<void> {
  checkOutput(options, words);
  const { running, server, lines } = await startTenant(options);
  const { parentGone } = await import('./cli/parent.js');
  // Before anything is printed: a reader of the line may stop the tenant at once.
  const orphaned = parentGone();
  const stopped = Promise.race([orphaned, ...(words.length === 0 ? [stopSignal(process)] : [])]);
  for (const line of lines) process.stderr.write(logText(`${line}\n`));
  let exitCode = 0;
  try {
    await whenReady(running, options);
    if (words.length > 0) exitCode = await runWith(running, words, orphaned);
    else {
      process.stdout.write(await presentation(running, options));
      await stopped;
    }
  } finally {
    await server.close();
    await running.tenant.close();
  }
  const { flushLog } = await import('./log/log.js');
  await flushLog(process.stderr, LOG_FLUSH_TIMEOUT);
  process.exit(exitCode); // unread log lines would keep the process alive
}

interface Started {
  readonly running: RunningTenant;
  readonly server: Listening;
  /** What to print about its state. */
  readonly lines: readonly string[];
}

async function startTenant(options: CommandOptions): Promise<Started> {
  const { createTenant } = await import('./tenant.js');
  const { selectedContract } = await import('../contract/load/default.js');
  const { tokenWithoutEndpoint } = await import('./auth0/first-steps.js');
  const { port, host, plan } = options;
  const contract = await selectedContract(options);
  const { state, lines } = await initialState(contract, options);
  const tenant = await withFilePositions(options.state, async () =>
    createTenant(contract, { ...(await tenantOptions(options)), ...(state === undefined ? {} : { state }) }),
  );
  const certificate = options.tls === true ? await certificateFor(options) : undefined;
  const { consolePages } = await import('./cli/console-pages.js');
  const tls = certificate?.tls;
  const server = await tenant.listen({ port, host, tls, pages: consolePages({ contract, tenant }) });
  const listening = options.url === undefined ? undefined : server.url;
  const trust = certificate === undefined ? undefined : await trustFilesOf(certificate);
  const token = await tokenWithoutEndpoint(contract, tenant);
  return { running: { contract, tenant, plan, listening, trust, token }, server, lines };
}

/** What standard output contains: JSON, shell exports or the banner. */
async function presentation(running: RunningTenant, { json, env }: CommandOptions): Promise<string> {
  const { connectionDetails, welcome } = await import('./cli/welcome.js');
  if (json === true) return `${JSON.stringify(connectionDetails(running))}\n`;
  if (env !== true) return logText(await welcome(running));
  const { shellExports, tenantVariables } = await import('./cli/environment.js');
  return shellExports(tenantVariables(running, process.env));
}

async function runWith(running: RunningTenant, words: readonly string[], orphaned: Promise<void>): Promise<number> {
  const { commandEnvironment } = await import('./cli/environment.js');
  const { runCommand } = await import('./cli/run-command.js');
  return runCommand(words, commandEnvironment(running, process.env), orphaned);
}

async function whenReady({ tenant, trust }: RunningTenant, { waitFor: target }: CommandOptions): Promise<void> {
  if (target === undefined) return;
  const { waitFor } = await import('./cli/wait-for.js');
  const ca = trust === undefined ? [] : [await readFile(trust.ca, 'utf8')];
  await waitFor(new URL(target, tenant.url), ca);
}

async function trustFilesOf({ authority }: LocalCertificate): Promise<TrustFiles> {
  const { writeTrustFiles } = await import('./cli/trust.js');
  return writeTrustFiles(authority, process.env);
}

async function tenantOptions(options: CommandOptions): Promise<TenantOptions> {
  const { stateless, data, dataSync = false, plan, habit, seed, quiet = false } = options;
  const { logLine } = await import('./log/log-line.js');
  const { createLog } = await import('./log/log.js');
  const log = createLog(process.stderr);
  return {
    baseUrl: await knownUrl(options),
    control: controlOptions(options, process.env),
    ...(stateless === undefined ? {} : { stateless }),
    ...(plan === undefined ? {} : { plan }),
    ...(data === undefined ? {} : { data: { folder: data, sync: dataSync } }),
    ...(habit === undefined ? {} : { habits: habit }),
    ...(seed === undefined ? {} : { seed }),
    ...(quiet ? {} : { onRequest: (served) => log(logText(logLine(served, Date.now()))) }),
  };
}

interface InitialState {
  readonly state: unknown;
  /** What to print about it. */
  readonly lines: readonly string[];
}

/** The state of --state and --import together. */
async function initialState(contract: Contract, { state: file, import: path }: CommandOptions): Promise<InitialState> {
  const { openStateFile, readStateFile } = await import('./state/state-file.js');
  if (path === undefined) return { state: file === undefined ? undefined : await openStateFile(file), lines: [] };
  const state = file === undefined ? undefined : await readStateFile(file);
  const { importedState, mergedStates } = await import('./cli/imported-state.js');
  const imported = await importedState(contract, path);
  return { state: mergedStates(state, imported.state), lines: imported.lines };
}

async function certificateFor({ host, url }: CommandOptions): Promise<LocalCertificate> {
  const { homeFolder, localCertificate } = await import('./http/certificate.js');
  // Clients may reach it under the host of --url. URL keeps the brackets of IPv6 addresses.
  const hosts = url === undefined ? [host] : [host, new URL(url).hostname.replace(/^\[|\]$/g, '')];
  return localCertificate(homeFolder(process.env, process.platform), { hosts, now: Date.now() });
}

/** The URL, if it is known before the tenant listens: a state may name the audience that follows from it. */
async function knownUrl({ url, host, port, tls = false }: CommandOptions): Promise<string | undefined> {
  if (url !== undefined || port === 0) return url;
  const { urlAt } = await import('./http/address.js');
  return urlAt(host, port, tls);
}

/** Adds file, line and column to the problems of a state. */
async function withFilePositions<Value>(file: string | undefined, create: () => Promise<Value>): Promise<Value> {
  const { StateError } = await import('./errors.js');
  try {
    return await create();
  } catch (error) {
    if (!(error instanceof StateError) || file === undefined) throw error;
    const { locatedIn } = await import('./state/state-file.js');
    throw await locatedIn(file, error);
  }
}
