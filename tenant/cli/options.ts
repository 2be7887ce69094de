import { withoutUser } from '../../contract/without-user.js';
import { TenantError } from '../errors.js';
import { habitSettings } from '../habits/habit.js';
import type { ControlOptions } from '../options.js';

/** The options of `rolecall tenant`, parsed. */
export interface CommandOptions {
  readonly port: number;
  readonly host: string;
  readonly tls?: boolean;
  readonly url?: string;
  readonly spec?: string;
  readonly allowRef?: readonly string[];
  readonly overlay?: readonly string[];
  readonly strict?: boolean;
  readonly state?: string;
  readonly import?: string;
  readonly stateless?: boolean;
  readonly plan?: string;
  readonly seed?: number;
  readonly quiet?: boolean;
  readonly waitFor?: string;
  readonly json?: boolean;
  readonly env?: boolean;
  /** False with --no-control. */
  readonly control?: boolean;
  readonly controlHost?: readonly string[];
  readonly openControl?: boolean;
  readonly data?: string;
  readonly dataSync?: boolean;
  readonly habit?: Readonly<Record<string, string>>;
}

/** @throws TenantError on an empty host, as from an unset variable: the system would listen on all interfaces */
export function parseHost(text: string): string {
  if (text.trim() === '') throw invalid('host', text, 'an address such as 127.0.0.1');
  return text;
}

/** @throws TenantError unless it is a port */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw invalid('port', text, 'a number from 0 to 65535');
  return port;
}

/** @throws TenantError unless it is an integer */
export function parseSeed(text: string): number {
  if (!/^-?\d+$/.test(text)) throw invalid('seed', text, 'an integer');
  return Number(text) | 0;
}

/** @throws TenantError unless it is an HTTP URL or a path */
export function parseWaitFor(text: string): string {
  const isPath = /^\/(?!\/)/.test(text);
  if (!isPath && !(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) {
    throw invalid('wait-for', withoutUser(text), 'an http or https URL, or a path of the tenant such as /ready');
  }
  return text;
}

/** @throws TenantError if several of them decide what standard output is */
export function checkOutput({ json, env }: CommandOptions, command: readonly string[]): void {
  const [first, second] = [
    ...(json === true ? ['--json'] : []),
    ...(env === true ? ['--env'] : []),
    ...(command.length > 0 ? ['a command'] : []),
  ];
  if (first === undefined || second === undefined) return;
  const message = `${first} cannot be combined with ${second}; each decides what standard output contains`;
  throw new TenantError('TENANT_OPTION_INVALID', message);
}

/** Adds a habit to those before. @throws TenantError unless it is a habit with a value that it takes */
export function parseHabit(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw invalid('habit', text, 'NAME=VALUE, such as lag=2s');
  const habit = { [text.slice(0, at)]: text.slice(at + 1) };
  habitSettings(habit);
  return { ...before, ...habit };
}

/** The options of the control API. @param environment - has the token, if it is to be a certain one */
export function controlOptions(
  { control, controlHost = [], openControl = false }: CommandOptions,
  { ROLECALL_CONTROL_TOKEN: token }: Readonly<Record<string, string | undefined>>,
): ControlOptions | false {
  if (control === false) return false;
  return { token: openControl ? null : token === '' ? undefined : token, hosts: controlHost };
}

function invalid(option: string, text: string, expected: string): TenantError {
  return new TenantError('TENANT_OPTION_INVALID', `invalid --${option} "${text}"; expected ${expected}`);
}
