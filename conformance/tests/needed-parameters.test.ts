import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { orchard } from '../../contract/derive/test-support/orchard.js';
import { readContract } from '../../contract/read/read.js';
import { replay } from '../../replay/replay.js';
import { exchangeAtRoot, recordingOf } from '../../replay/test-support/recorded.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { instantClock } from '../test-support/instant-clock.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** Notion wants a version in a header of each request, PagerDuty the one who asks, others a region in the query. */
const PARAMETERS: Readonly<Record<string, JsonObject>> = {
  header: { name: 'X-Version', in: 'header', required: true, schema: { type: 'string', enum: ['2022-06-28'] } },
  'header with an example': {
    name: 'From',
    in: 'header',
    required: true,
    schema: { type: 'string' },
    example: 'a@b.example',
  },
  cookie: { name: 'edition', in: 'cookie', required: true, schema: { type: 'integer', minimum: 3 } },
  'query with a default': { name: 'page', in: 'query', required: true, schema: { type: 'integer', default: 1 } },
};

/** The same document with a parameter that each operation requires. */
function requiring(parameter: JsonObject) {
  const paths = Object.entries(orchard.paths as Record<string, JsonObject>).map(
    ([path, item]): [string, JsonObject] => {
      const others = Array.isArray(item.parameters) ? item.parameters : [];
      return [path, { ...item, parameters: [...others, parameter] }];
    },
  );
  return readContract({ ...orchard, paths: Object.fromEntries(paths) });
}

async function verified(document: ReturnType<typeof readContract>, target: Target) {
  const { verdict, checks, findings, leftovers } = await verifyTarget(withDerivedState(document).contract, target, {
    only: [],
  });
  const judged = findings.filter(({ severity }) => severity !== 'observed').map(({ cause }) => cause);
  const passed = checks.filter(({ outcome, family }) => outcome === 'passed' && family === 'state');
  return {
    verdict,
    judged,
    leftovers: leftovers.length,
    passed: passed.map(({ id, operation }) => `${operation}/${id}`),
  };
}

const plain = readContract(orchard);
/** What is found where nothing is required. */
const wanted = embeddedTarget(plain).then((target) => verified(plain, target));

test.each(Object.entries(PARAMETERS))('requests of the run itself have a %s that is required', async (_, parameter) => {
  const document = requiring(parameter);
  expect(await verified(document, await embeddedTarget(document))).toEqual(await wanted);
});

test('a replay sends the headers that are required, which no recording has', async () => {
  const tree = { id: 7, kind: 'oak', height: 3, plantedAt: '2026-01-01T00:00:00.000Z' };
  const exchanges = [
    exchangeAtRoot('POST /trees/', { kind: 'oak', height: 3 }, 201, tree),
    exchangeAtRoot('GET /trees/7/', undefined, 200, tree),
  ];
  const contract = requiring(PARAMETERS.header ?? {});
  const { total } = await replay({ contract, recordings: [await recordingOf(exchanges)], clock: instantClock() });
  expect(total).toMatchObject({ matched: exchanges.length });
});
