import { shellWord } from '../../contract/shell-word.js';
import type { Finding } from '../finding.js';
import type { Traffic } from './report.js';

/** The options of the run that a replay repeats. */
export interface ReplayOptions {
  /** The target's root; absent for the embedded tenant. */
  readonly url?: string;
  readonly spec?: string;
  readonly overlay?: readonly string[];
  readonly audience?: string;
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
  if (options.spec !== undefined) words.push('--spec', options.spec);
  for (const overlay of options.overlay ?? []) words.push('--overlay', overlay);
  if (options.audience !== undefined) words.push('--audience', options.audience);
  if (options.stateless === true) words.push('--stateless');
  words.push('--only', `${foundAt}/${check}`, '--seed', String(options.seed));
  if (path !== undefined && path !== '') words.push('--path', path);
  if (options.depth !== 'standard') words.push('--depth', options.depth);
  return words.map(shellWord).join(' ');
}

/** The command that judges passed traffic again: its recording, or a proxy that records it next time. */
export function trafficLine({ url = '', spec }: ReplayOptions, { recording }: Traffic): string {
  const words = recording === undefined ? ['proxy', url, '--record', 'traffic.json'] : ['replay', recording];
  const contract = spec === undefined ? [] : ['--spec', spec];
  return ['rolecall', ...words, ...contract].map(shellWord).join(' ');
}
