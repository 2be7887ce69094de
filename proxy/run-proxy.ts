import { RunError } from '../conformance/errors.js';
import { present } from '../conformance/present.js';
import { readBaseline, today } from '../conformance/report/baseline.js';
import { prepareFile, prepareFolder } from '../conformance/report/files/prepare-output.js';
import { checkRoot, readTargetUrl, rootOf } from '../conformance/target/target-url.js';
import { toolVersion } from '../conformance/verify.js';
import type { Contract } from '../contract/contract.js';
import { selectedContract } from '../contract/load/default.js';
import { parentGone } from '../tenant/cli/parent.js';
import { runCommand } from '../tenant/cli/run-command.js';
import { stopSignal } from '../tenant/cli/stop-signal.js';
import { writeTrustFiles } from '../tenant/cli/trust.js';
import { addressError, urlAt } from '../tenant/http/address.js';
import { homeFolder, localCertificate } from '../tenant/http/certificate.js';
import { type ProxiedTarget, proxyEnvironment } from './environment.js';
import { type Observer, startObserver } from './observe/observer.js';
import { createProxyServer, type ProxyServer } from './pass/proxy-server.js';

/** The options of `rolecall proxy`, parsed. */
export interface ProxyOptions {
  readonly port: number;
  readonly host: string;
  readonly tls?: boolean;
  readonly spec?: string;
  readonly overlay?: readonly string[];
  readonly allowRef?: readonly string[];
  readonly strict?: boolean;
  readonly record?: string;
  readonly har?: string;
  readonly report?: string;
  readonly sarif?: string;
  readonly baseline?: string;
  /** In bytes. */
  readonly maxBody: number;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** A proxy that listens. */
interface Running extends ProxiedTarget {
  readonly contract: Contract;
  readonly server: ProxyServer;
  readonly observer: Observer;
}

/**
 * `rolecall proxy`, from its options to the report.
 *
 * @param words - the command to run with the proxy; empty: it runs until a signal
 * @returns the exit code
 * @throws RolecallError if the proxy cannot start, or its files cannot be written
 */
export async function runProxy(
  given: string,
  words: readonly string[],
  options: ProxyOptions,
  process: NodeJS.Process,
): Promise<number> {
  const target = readTargetUrl(given);
  await prepareFiles(options);
  const running = await startProxy(target, options, process);
  const startedAt = Date.now();
  // A command owns the standard output; with --json the report does.
  const isQuiet = words.length > 0 || options.json === true;
  const print = (text: string) => (isQuiet ? process.stderr : process.stdout).write(text);
  const orphaned = parentGone();
  // Before anything is printed: a reader of the line may stop the proxy at once.
  const stopped = words.length > 0 ? orphaned : Promise.race([orphaned, stopSignal(process)]);
  const hint = words.length === 0 ? 'Press Ctrl-C to stop and report.\n' : '';
  print(`Proxy at ${running.url} to ${rootOf(target)}\n${hint}`);
  const ended =
    words.length > 0 ? runCommand(words, proxyEnvironment(running, process.env), orphaned) : stopped.then(() => 0);
  const commandCode = await ended.catch(async (error: unknown) => {
    await Promise.all([running.server.close(), running.observer.stop()]);
    throw error;
  });
  await running.server.close();
  const { report, failures } = await running.observer.finish(Date.now() - startedAt);
  const stdout = words.length > 0 && options.json !== true ? process.stderr : process.stdout;
  const io = { env: process.env, stdout, stderr: process.stderr, on: process.on, off: process.off };
  const { json = false, verbose = false, ...files } = options;
  const verdictCode = await present(report, { ...files, contract: () => running.contract, json, verbose, har: '' }, io);
  const [failure] = failures;
  if (failure !== undefined) throw new RunError('REPORT_NOT_WRITTEN', failure);
  return commandCode === 0 ? verdictCode : commandCode;
}

/** @throws RunError where a folder or file is not writable, before anything passes */
async function prepareFiles({ report, record, har, sarif }: ProxyOptions): Promise<void> {
  if (report !== undefined) await prepareFolder(report, '--report');
  for (const [option, file] of [
    ['--record', record],
    ['--har', har],
    ['--sarif', sarif],
  ] as const)
    if (file !== undefined) await prepareFile(file, option);
}

async function startProxy(target: URL, options: ProxyOptions, process: NodeJS.Process): Promise<Running> {
  const contract = await selectedContract(options);
  checkRoot(target, contract);
  const root = rootOf(target);
  const { port, host, spec, overlay, allowRef, record, har } = options;
  const baseline = options.baseline === undefined ? {} : { baseline: await readBaseline(options.baseline, today()) };
  const certificate =
    options.tls === true
      ? await localCertificate(homeFolder(process.env, process.platform), { hosts: [host], now: Date.now() })
      : undefined;
  const trust = certificate === undefined ? {} : { trust: await writeTrustFiles(certificate.authority, process.env) };
  const observer = await startObserver({
    document: contract.document,
    tool: await toolVersion(),
    target: root,
    ...(spec === undefined ? {} : { spec }),
    ...(overlay === undefined ? {} : { overlay }),
    ...(allowRef === undefined ? {} : { allowRef }),
    ...(record === undefined ? {} : { record }),
    ...(har === undefined ? {} : { har }),
    ...baseline,
  });
  const server = createProxyServer({
    target,
    largestBody: options.maxBody,
    ...(certificate === undefined ? {} : { tls: certificate.tls }),
    now: () => performance.timeOrigin + performance.now(),
    onExchange: (exchange) => observer.take(exchange),
    onOpaque: () => observer.skip('a connection that is not, or no longer, HTTP/1.1'),
    onUnreachable: () => undefined,
  });
  const bound = await server.listen(port, host).catch(async (error: NodeJS.ErrnoException) => {
    await observer.stop();
    throw addressError(error, host, port);
  });
  return {
    contract,
    url: urlAt(host, bound, certificate !== undefined),
    audience: `${root}${contract.serverPath}/`,
    ...trust,
    server,
    observer,
  };
}
