import { describe, expect, it } from 'vitest';
import { readShard } from './shard.js';

describe('--shard', () => {
  it.each([
    { name: 'I/N', text: '2/4', environment: {}, want: [2, 4] },
    { name: 'GitLab', text: 'auto', environment: { CI_NODE_INDEX: '3', CI_NODE_TOTAL: '4' }, want: [3, 4] },
    { name: 'CircleCI', text: 'auto', environment: { CIRCLE_NODE_INDEX: '0', CIRCLE_NODE_TOTAL: '2' }, want: [1, 2] },
    {
      name: 'Buildkite',
      text: 'auto',
      environment: { BUILDKITE_PARALLEL_JOB: '7', BUILDKITE_PARALLEL_JOB_COUNT: '8' },
      want: [8, 8],
    },
    { name: 'Kubernetes', text: 'auto', environment: { JOB_COMPLETION_INDEX: '1' }, shards: 3, want: [2, 3] },
  ])('is read from $name', ({ text, environment, shards, want }) => {
    expect(readShard(text, environment, shards)).toEqual(want);
  });

  it.each([
    {
      text: '9/4',
      environment: {},
      want: 'invalid --shard "9/4"; expected I/N with I from 1 to N, such as 1/4, or auto.',
    },
    { text: 'auto', environment: {}, want: 'finds no position; expected one of CI_NODE_INDEX' },
    { text: 'auto', environment: { CI_NODE_INDEX: '' }, want: 'finds no position' },
    { text: 'auto', environment: { JOB_COMPLETION_INDEX: '1' }, want: 'needs --shards N' },
    { text: 'auto', environment: { JOB_COMPLETION_INDEX: '4' }, shards: 4, want: 'expected a number from 0 to 3' },
    { text: '1/2', environment: {}, shards: 2, want: '--shards "2" has no effect' },
    {
      text: 'auto',
      environment: { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '2' },
      shards: 3,
      want: 'differs from CI_NODE_TOTAL',
    },
  ])('is refused: $text with $environment and $shards', ({ text, environment, shards, want }) => {
    expect(() => readShard(text, environment, shards)).toThrow(want);
  });
});
