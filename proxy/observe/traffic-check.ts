import type { Check } from '../../conformance/check.js';

/** What the proxy does in terms of a report: one check of each operation, whose requests come from others. */
export const trafficCheck: Check = {
  id: 'traffic',
  family: 'status-and-shape',
  title: 'passed traffic',
  description: 'Judges each exchange that passes the proxy.',
  appliesTo: 'all operations',
  applies: () => true,
  requests: () => 0,
  async run() {
    throw new RangeError('The proxy sends nothing of its own.');
  },
};
