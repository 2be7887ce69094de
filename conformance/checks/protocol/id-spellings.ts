import type { Contract, Evidence, Operation } from '../../../contract/contract.js';
import { weaker } from '../../../contract/evidence.js';
import type { Check } from '../../check.js';
import { isUuid } from '../../lookup/is-uuid.js';
import { buildRequest } from '../../target/request.js';
import { generalRule } from '../../trial/expected-refusal.js';

/** Another spelling of an id, which names nothing. */
interface Spelling {
  readonly because: string;
  /** Absent where the id has no such spelling. */
  readonly spell: (id: string) => string | undefined;
  readonly evidence: Evidence;
}

const SPELLINGS: readonly Spelling[] = [
  {
    because: 'the id is in another case of letters',
    // RFC 9562, section 4: letters of a UUID are not case-sensitive.
    spell: (id) => (isUuid(id) ? undefined : different(id, swapCase(id))),
    evidence: { grade: 'inferred', source: 'ids are compared exactly' },
  },
  {
    because: 'the id is encoded twice',
    // The request encodes it once more.
    spell: (id) => `%${(id.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}${id.slice(1)}`,
    evidence: generalRule('RFC 3986, section 2.4: an id is decoded once'),
  },
  {
    because: 'the id lacks its last character',
    spell: (id) => (id.length > 1 ? id.slice(0, -1) : undefined),
    evidence: generalRule('ids are compared as a whole'),
  },
  {
    because: 'the id has a space after it',
    spell: (id) => `${id} `,
    evidence: { grade: 'inferred', source: 'ids are compared exactly' },
  },
  {
    because: 'the id has an encoded slash and more after it',
    spell: (id) => `${id}/x`,
    evidence: generalRule('RFC 3986, section 2.2: an encoded slash is part of a segment'),
  },
];

/** Shorter ids may be a part of others, or differ from them in case only. */
const SHORTEST = 8;

export const idSpellings: Check = {
  id: 'id-spellings',
  family: 'protocol',
  title: 'An id in another spelling names nothing',
  description:
    'Reads an existing resource by its id in other spellings: in another case of letters, encoded twice, without its last ' +
    'character, with a space or with an encoded slash and more after it. Each must get a documented refusal.',
  needsState: true,
  appliesTo: 'reads of resources that can be created',
  applies: (operation, contract) => readTarget(operation, contract) !== undefined,
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : SPELLINGS.length),
  async run(operation, context) {
    const target = readTarget(operation, context.contract) ?? '';
    const { id } = await context.fixtures.subject(target);
    if (id.length < SHORTEST) {
      return context.missed('other spellings of ids', `Ids such as "${id}" are too short: other ones may exist.`);
    }
    const values = await context.fixtures.valid(operation);
    const [parameter = ''] = Object.values(operation.effect?.of ?? {});
    for (const { because, spell, evidence } of SPELLINGS) {
      const spelled = spell(id);
      if (spelled === undefined) continue;
      const request = buildRequest(operation, { ...values, path: { ...values.path, [parameter]: spelled } });
      const violations = context.judge(await context.send(request), { kind: 'refusal', because });
      context.report(...violations.map((each) => ({ ...each, evidence: weaker(each.evidence, evidence) })));
    }
  },
};

/** The resource that an operation reads by its key, if it can be created. */
function readTarget({ effect, method }: Operation, contract: Contract): string | undefined {
  if (effect?.kind !== 'read' || effect.by !== undefined || method !== 'GET') return undefined;
  const isCreatable = contract.operations.some(
    (other) => other.effect?.kind === 'create' && other.effect.target === effect.target,
  );
  return isCreatable && Object.keys(effect.of).length === 1 ? effect.target : undefined;
}

function swapCase(text: string): string {
  return text.replace(/\p{L}/gu, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

function different(text: string, other: string): string | undefined {
  return text === other ? undefined : other;
}
