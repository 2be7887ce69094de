import { shellWord } from '../../contract/text/shell-word.js';
import type { Finding } from '../finding/finding.js';
import type { Traffic } from './report.js';

/** What selects the contract of a run, as options. */
export interface SpecWords {
  readonly spec?: string;
  readonly overlay?: readonly string[];
  readonly allowRef?: readonly string[];
  readonly setPath?: readonly string[];
}

/** The options of the run that a replay repeats. */
export interface ReplayOptions extends SpecWords {
  /** The target's root; absent for the embedded tenant. */
  readonly url?: string;
  readonly fixtures?: string;
  readonly tokens?: string;
  readonly audience?: string;
  readonly header?: readonly string[];
  readonly stateless?: boolean;
  readonly seed: number;
  readonly depth: string;
}

/**
 * The command that reproduces a finding: `rolecall verify … --only users.roles.assign/scope-alternatives --seed 7 --path
 * 3:1`. Credentials come from the environment.
 */
export function replayLine({ check, foundAt, path }: Finding, options: ReplayOptions): string {
  const words = ['rolecall', 'verify'];
  if (options.url !== undefined) words.push(options.url);
  words.push(...specWords(options));
  if (options.fixtures !== undefined) words.push('--fixtures', options.fixtures);
  if (options.tokens !== undefined) words.push('--tokens', options.tokens);
  if (options.audience !== undefined) words.push('--audience', options.audience);
  for (const header of options.header ?? []) words.push('--header', header);
  if (options.stateless === true) words.push('--stateless');
  words.push('--only', `${foundAt}/${check}`, '--seed', String(options.seed));
  if (path !== undefined && path !== '') words.push('--path', path);
  if (options.depth !== 'standard') words.push('--depth', options.depth);
  return words.map(shellWord).join(' ');
}

/** The command that judges passed traffic again: its recording, or a proxy that records it next time. */
export function trafficLine({ url = '', ...options }: ReplayOptions, { recording }: Traffic): string {
  const words = recording === undefined ? ['proxy', url, '--record', 'traffic.json'] : ['replay', recording];
  return ['rolecall', ...words, ...specWords(options)].map(shellWord).join(' ');
}

function specWords({ spec, overlay = [], allowRef = [], setPath = [] }: SpecWords): readonly string[] {
  return [
    ...(spec === undefined ? [] : ['--spec', spec]),
    ...overlay.flatMap((file) => ['--overlay', file]),
    ...allowRef.flatMap((folder) => ['--allow-ref', folder]),
    ...setPath.flatMap((setting) => ['--set-path', setting]),
  ];
}
