import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { closestWord } from '../contract/check/closest-word.js';
import { fileErrorReason } from '../contract/file-error.js';
import { RunError } from './errors.js';
import { DEPTHS, type RawOptions } from './verify-options.js';

/** Checks that are left out, and why. */
export interface ConfiguredSkip {
  /** A glob of `operationId/checkId`. */
  readonly checks: string;
  readonly reason: string;
}

/** What a configuration file may state for verify. Options and environment variables override it. */
export interface VerifyConfig {
  readonly target?: string;
  readonly audience?: string;
  readonly header?: readonly string[];
  readonly spec?: string;
  readonly overlay?: readonly string[];
  readonly setPath?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly (string | ConfiguredSkip)[];
  readonly depth?: string;
  readonly maxRequests?: number;
  readonly timeout?: number;
  readonly fixtures?: string;
  readonly baseline?: string;
  readonly allowMissing?: boolean;
  readonly report?: string;
  /** The tenant is in production: --i-own-this-tenant is required each time. */
  readonly production?: boolean;
}

/** `rolecall.config.ts`, `.js` or `.json`. */
export interface RolecallConfig {
  readonly verify?: VerifyConfig;
}

type Kind = 'text' | 'url' | 'depth' | 'count' | 'flag' | 'texts' | 'skips';

const KINDS: Readonly<Record<keyof VerifyConfig, Kind>> = {
  target: 'url',
  audience: 'text',
  header: 'texts',
  spec: 'text',
  overlay: 'texts',
  setPath: 'texts',
  only: 'texts',
  skip: 'skips',
  depth: 'depth',
  maxRequests: 'count',
  timeout: 'count',
  fixtures: 'text',
  baseline: 'text',
  allowMissing: 'flag',
  report: 'text',
  production: 'flag',
};

const EXPECTED: Readonly<Record<Kind, string>> = {
  text: 'a text',
  url: 'a URL such as "http://127.0.0.1:4000"',
  depth: DEPTHS.join(', '),
  count: 'a whole number of at least 1',
  flag: 'true or false',
  texts: 'a list of texts',
  skips: 'a list of globs, or of {"checks": GLOB, "reason": TEXT}',
};

const NAMES = ['rolecall.config.ts', 'rolecall.config.js', 'rolecall.config.json'];

/** Reads the configuration file of a folder; empty where it has none. @throws RunError where it is not valid */
export async function readConfig(folder: string): Promise<VerifyConfig> {
  for (const name of NAMES) {
    const file = join(folder, name);
    if (await exists(file)) return checkedConfig(await load(file), name);
  }
  return {};
}

/** Whether the configuration file of a folder marks the tenant as production. @throws RunError where it is not valid */
export async function isMarkedAsProduction(folder: string): Promise<boolean> {
  return (await readConfig(folder)).production ?? false;
}

async function load(file: string): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(await readFile(file, 'utf8'));
    const module: { readonly default?: unknown } = await (file.endsWith('.ts')
      ? importTypeScript(file)
      : importFile(file));
    return module.default;
  } catch (error) {
    const isData = file.endsWith('.json') || !(error instanceof SyntaxError);
    const reason = isData ? fileErrorReason(error) : error.message;
    throw new RunError('BAD_OPTION', `cannot read "${file}": ${reason}.`, { cause: error });
  }
}

function importFile(file: string): Promise<{ readonly default?: unknown }> {
  return import(pathToFileURL(file).href);
}

/** Node.js 20 imports no TypeScript: it is translated into a file beside it, so that its own imports still work. */
async function importTypeScript(file: string): Promise<{ readonly default?: unknown }> {
  const { default: ts } = await import('typescript');
  const { outputText, diagnostics = [] } = ts.transpileModule(await readFile(file, 'utf8'), {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true },
  });
  const [wrong] = diagnostics;
  if (wrong !== undefined) {
    const line = wrong.file?.getLineAndCharacterOfPosition(wrong.start ?? 0).line ?? 0;
    throw new SyntaxError(`line ${line + 1}: ${ts.flattenDiagnosticMessageText(wrong.messageText, ' ')}`);
  }
  const translated = file.replace(/\.ts$/, `.${process.pid}.mjs`);
  await writeFile(translated, outputText);
  try {
    return await importFile(translated);
  } finally {
    await rm(translated, { force: true });
  }
}

/** @throws RunError on anything that is not a configuration */
function checkedConfig(value: unknown, file: string): VerifyConfig {
  const fault = (what: string) => new RunError('BAD_OPTION', `${file}: ${what}.`);
  if (!isRecord(value)) throw fault('the configuration is not an object; expected {"verify": {…}}');
  const [other] = Object.keys(value).filter((name) => name !== 'verify');
  if (other !== undefined) throw fault(`unknown property "${other}"; expected "verify"`);
  const verify = value.verify ?? {};
  if (!isRecord(verify)) throw fault('"verify" is not an object; expected options such as {"depth": "smoke"}');
  const kinds: Readonly<Record<string, Kind | undefined>> = KINDS;
  for (const [name, given] of Object.entries(verify)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) {
      const near = closestWord(name, Object.keys(KINDS));
      throw fault(
        `unknown property "verify.${name}"; expected ${near === undefined ? Object.keys(KINDS).join(', ') : `"${near}"`}`,
      );
    }
    if (!isOfKind(given, kind)) throw fault(`"verify.${name}" is not valid; expected ${EXPECTED[kind]}`);
  }
  return verify; // Every property has been checked against KINDS.
}

function isOfKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'url':
      return typeof value === 'string' && (value === '' || URL.canParse(value));
    case 'depth':
      return DEPTHS.some((depth) => depth === value);
    case 'count':
      return Number.isSafeInteger(value) && Number(value) >= 1;
    case 'flag':
      return typeof value === 'boolean';
    case 'texts':
      return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
    case 'skips':
      return Array.isArray(value) && value.every((entry) => typeof entry === 'string' || isSkip(entry));
  }
}

function isSkip(value: unknown): boolean {
  return isRecord(value) && typeof value.checks === 'string' && typeof value.reason === 'string' && value.reason !== '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The options of a configuration file, as if typed; options given override them. */
export function withConfig(raw: RawOptions, config: VerifyConfig): RawOptions {
  const { target: _target, audience: _audience, header = [], skip, maxRequests, timeout, ...same } = config;
  const configured: RawOptions = {
    ...same,
    ...(maxRequests === undefined ? {} : { maxRequests: String(maxRequests) }),
    ...(timeout === undefined ? {} : { timeout: String(timeout) }),
  };
  const globs = skip?.map((entry) => (typeof entry === 'string' ? entry : entry.checks)) ?? [];
  const all = [...globs, ...(raw.skip ?? [])];
  const headers = [...header, ...(raw.header ?? [])];
  return {
    ...configured,
    ...raw,
    ...(all.length === 0 ? {} : { skip: all }),
    ...(headers.length === 0 ? {} : { header: headers }),
  };
}

/** The target of a configuration file, below the environment. */
export function withConfiguredTarget(
  environment: Readonly<Record<string, string | undefined>>,
  { target, audience }: VerifyConfig,
): Readonly<Record<string, string | undefined>> {
  const below = (name: string, value: string | undefined) =>
    value === undefined || (environment[name] ?? '') !== '' ? {} : { [name]: value };
  return { ...environment, ...below('ROLECALL_URL', target), ...below('ROLECALL_AUDIENCE', audience) };
}

/** The skips with a reason. */
export function reasonsOf({ skip = [] }: VerifyConfig): readonly ConfiguredSkip[] {
  return skip.flatMap((entry) => (typeof entry === 'string' ? [] : [entry]));
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
