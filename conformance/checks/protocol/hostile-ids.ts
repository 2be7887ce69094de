import fc from 'fast-check';
import type { Operation } from '../../../contract/contract.js';
import { HOSTILE_IDS, type HostileId, hostileIds } from '../../arbitraries/hostile-id.js';
import type { Check, Depth } from '../../check.js';
import { buildRequest } from '../../target/request.js';
import { mayTakeUnknown } from '../../trial/expected-refusal.js';
import { isReading, refusalTrial } from '../../trial/refusal-trial.js';

const RUNS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 8, exhaustive: 60 };

/** Well-known hostile ids tried at standard depth, besides random ones. */
const WELL_KNOWN = 12;

export const hostileIdsRefused: Check = {
  id: 'hostile-ids',
  family: 'protocol',
  title: 'Unusual ids in the path are handled as ids',
  description:
    'Sends ids in the path that contain URL syntax, dots or other alphabets, or are very long. They name nothing, so the ' +
    'response must be a documented refusal, or the success that the contract gives for unknown ids: no server error, no ' +
    'response of another path, and nothing may change.',
  needsState: true,
  appliesTo: 'operations with a resource in the path',
  applies: (operation) => namedInPath(operation).length > 0,
  requests: (operation, _contract, depth) => {
    const tries = depth === 'smoke' ? 0 : RUNS[depth] + (depth === 'standard' ? WELL_KNOWN : HOSTILE_IDS.length);
    return tries * (isReading(operation.method) ? 1 : 2);
  },
  async run(operation, context) {
    const values = await context.fixtures.valid(operation);
    const trial = refusalTrial(context, values, { probe: !isReading(operation.method) });
    const places = namedInPath(operation);
    const examples = context.depth === 'standard' ? HOSTILE_IDS.slice(0, WELL_KNOWN) : HOSTILE_IDS;
    await context.property(
      fc.record({ place: fc.constantFrom(...places), hostile: hostileIds() }),
      async ({ place, hostile }) => {
        const request = buildRequest(operation, { ...values, path: { ...values.path, [place.parameter]: hostile.id } });
        // URL normalization would send the request to another path.
        if (!staysInPlace(request.path)) return [];
        // On a server that decodes twice, dots lead to another path: reading is safe, writing might change a collection.
        if (!isReading(operation.method) && hostile.id.includes('..')) return [];
        const mayBeTaken = mayTakeUnknown(operation, context.contract);
        const expected =
          mayBeTaken || operation.effect?.unknownSucceeds.includes(place.side)
            ? ({ kind: 'documented' } as const)
            : ({ kind: 'refusal', because: `the path has an id ${hostile.what}` } as const);
        const { exchange, violations } = await trial.refused(request, expected);
        // A server may limit paths before it reads the id.
        const isAboutPath = exchange.response.status === URI_TOO_LONG;
        const own = violations.filter((violation) => !isAboutPath || violation.exchange !== exchange);
        return own.map((violation) =>
          violation.exchange === exchange
            ? { ...violation, expected: `${violation.expected}, for an id ${hostile.what}` }
            : violation,
        );
      },
      {
        runs: examples.length + RUNS[context.depth],
        examples: examples.map((hostile: HostileId, index) => ({ place: places[index % places.length], hostile })),
      },
    );
  },
};

const URI_TOO_LONG = 414;

interface NamedPlace {
  readonly side: string;
  readonly parameter: string;
}

function namedInPath(operation: Operation): readonly NamedPlace[] {
  return Object.entries(operation.effect?.of ?? {}).map(([side, parameter]) => ({ side, parameter }));
}

/** Whether URL normalization keeps this path: it removes segments of dots, encoded or not. */
function staysInPlace(path: string): boolean {
  return !path
    .split('?')[0]
    ?.split('/')
    .some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}
