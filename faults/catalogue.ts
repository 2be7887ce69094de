import { accessFaults } from './catalogue/access.js';
import { answerFaults } from './catalogue/answers.js';
import { bulkFaults } from './catalogue/bulks.js';
import { cascadeFaults } from './catalogue/cascades.js';
import { queryFaults } from './catalogue/combined-queries.js';
import { identityFaults } from './catalogue/identities.js';
import { limitFaults } from './catalogue/limits.js';
import { listingFaults } from './catalogue/listings.js';
import { pageFaults } from './catalogue/page-borders.js';
import { refusalFaults } from './catalogue/refusals.js';
import { requestFaults } from './catalogue/requests.js';
import { stateFaults } from './catalogue/state.js';
import { updateFaults } from './catalogue/updates.js';
import type { Break, Fault, Planted } from './fault.js';
import { serverFaults } from './server-faults.js';

const planted: readonly Planted[] = [
  ...answerFaults,
  ...requestFaults,
  ...accessFaults,
  ...limitFaults,
  ...listingFaults,
  ...stateFaults,
  ...bulkFaults,
  ...cascadeFaults,
  ...queryFaults,
  ...identityFaults,
  ...pageFaults,
  ...refusalFaults,
  ...updateFaults,
];

/** Faults of the gateway, with their code. */
export const gatewayFaults: ReadonlyMap<string, { readonly fault: Fault; readonly breaks: Break }> = new Map(
  planted.map(([name, family, operation, level, title, breaks, also]) => [
    name,
    {
      fault: { name, family, operation, level, title, where: 'gateway', ...(also === undefined ? {} : { also }) },
      breaks,
    },
  ]),
);

/** All planted faults, as data. */
export const faults: readonly Fault[] = [...[...gatewayFaults.values()].map(({ fault }) => fault), ...serverFaults];
