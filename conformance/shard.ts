import { RunError } from './errors.js';

/** A part of a plan: `[i, n]`, from 1. */
export type Shard = readonly [number, number];

type Environment = Readonly<Record<string, string | undefined>>;

/** Where CI systems say which of several parallel jobs one is. */
const POSITIONS: readonly {
  readonly index: string;
  readonly first: 0 | 1;
  /** Absent: the system does not say how many jobs there are, so `--shards` does. */
  readonly total?: string;
}[] = [
  { index: 'CI_NODE_INDEX', first: 1, total: 'CI_NODE_TOTAL' },
  { index: 'CIRCLE_NODE_INDEX', first: 0, total: 'CIRCLE_NODE_TOTAL' },
  { index: 'BUILDKITE_PARALLEL_JOB', first: 0, total: 'BUILDKITE_PARALLEL_JOB_COUNT' },
  { index: 'JOB_COMPLETION_INDEX', first: 0 },
];

/**
 * Reads `--shard`: `I/N`, or `auto` for the position that GitLab, CircleCI, Buildkite or an indexed job of Kubernetes
 * gives in the environment.
 * @param shards - `--shards`: how many parts there are, where the environment does not say
 * @throws RunError
 */
export function readShard(text: string, environment: Environment, shards?: number): Shard {
  if (text === 'auto') return automatic(environment, shards);
  if (shards !== undefined)
    throw new RunError(
      'BAD_OPTION',
      `--shards "${shards}" has no effect with --shard "${text}"; expected --shard auto.`,
    );
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard: Shard = [Number(index), Number(count)];
  if (shard[0] >= 1 && shard[0] <= shard[1]) return shard;
  throw new RunError('BAD_OPTION', `invalid --shard "${text}"; expected I/N with I from 1 to N, such as 1/4, or auto.`);
}

function automatic(environment: Environment, shards: number | undefined): Shard {
  const given = POSITIONS.find(({ index }) => (environment[index] ?? '') !== '');
  if (given === undefined) {
    const names = POSITIONS.map(({ index }) => index).join(', ');
    throw new RunError('BAD_OPTION', `--shard "auto" finds no position; expected one of ${names} in the environment.`);
  }
  const position = Number(environment[given.index]) + 1 - given.first;
  const total = given.total === undefined ? shards : Number(environment[given.total] ?? shards);
  if (total === undefined)
    throw new RunError(
      'BAD_OPTION',
      `--shard "auto" needs --shards N: ${given.index} does not say how many jobs there are.`,
    );
  const name = given.total ?? '--shards';
  if (shards !== undefined && shards !== total)
    throw new RunError('BAD_OPTION', `--shards "${shards}" differs from ${name} "${total}"; expected the same number.`);
  if (Number.isSafeInteger(position) && Number.isSafeInteger(total) && position >= 1 && position <= total)
    return [position, total];
  throw new RunError(
    'BAD_OPTION',
    `invalid ${given.index} "${environment[given.index]}" with ${name} "${total}"; expected a number from ${given.first} to ${total - 1 + given.first}.`,
  );
}
