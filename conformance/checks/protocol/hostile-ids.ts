import fc from 'fast-check';
import type { Operation } from '../../../contract/contract.js';
import { HOSTILE_IDS, type HostileId, hostileIds } from '../../arbitraries/hostile-id.js';
import type { Check, Depth } from '../../check.js';
import { buildRequest } from '../../target/request.js';
import { isReading, refusalTrial } from '../../trial/refusal-trial.js';

const RUNS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 8, exhaustive: 60 };

/** How many of the notorious ids are tried at the usual depth, besides random ones. */
const NOTORIOUS = 12;

export const hostileIdsRefused: Check = {
  id: 'hostile-ids',
  family: 'protocol',
  title: 'Strange ids in the path are ids like others',
  description:
    'Puts ids into the path that have characters with a meaning in URLs, dots, other alphabets, or a great length. They ' +
    'name nothing, so the answer must be a documented refusal, or the success that the contract gives what is not there: ' +
    'never a server error, never the answer of another path, and nothing changes.',
  applies: (operation) => namedInPath(operation).length > 0,
  requests: (operation, _contract, depth) => {
    const tries = depth === 'smoke' ? 0 : RUNS[depth] + (depth === 'standard' ? NOTORIOUS : HOSTILE_IDS.length);
    return tries * (isReading(operation.method) ? 1 : 2);
  },
  async run(operation, context) {
    const values = await context.fixtures.valid(operation);
    const trial = refusalTrial(context, values, !isReading(operation.method));
    const places = namedInPath(operation);
    const examples = context.depth === 'standard' ? HOSTILE_IDS.slice(0, NOTORIOUS) : HOSTILE_IDS;
    await context.property(
      fc.record({ place: fc.constantFrom(...places), hostile: hostileIds() }),
      async ({ place, hostile }) => {
        const request = buildRequest(operation, { ...values, path: { ...values.path, [place.parameter]: hostile.id } });
        // What cannot be written into a path that stays what it is, is not sent.
        if (!staysInPlace(request.path)) return [];
        // Decoded too often, dots climb out of the path: reading shows it, writing might hit all things of a kind.
        if (!isReading(operation.method) && hostile.id.includes('..')) return [];
        const expected = operation.effect?.unknownSucceeds.includes(place.side)
          ? ({ kind: 'documented' } as const)
          : ({ kind: 'refusal', because: `an id ${hostile.what}` } as const);
        const { exchange, violations } = await trial.refused(request, expected);
        return violations.map((violation) =>
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

interface NamedPlace {
  readonly side: string;
  readonly parameter: string;
}

function namedInPath(operation: Operation): readonly NamedPlace[] {
  return Object.entries(operation.effect?.of ?? {}).map(([side, parameter]) => ({ side, parameter }));
}

/** Whether URLs leave this path as it is: segments of dots, encoded or not, are taken out of it. */
function staysInPlace(path: string): boolean {
  return !path
    .split('?')[0]
    ?.split('/')
    .some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}
