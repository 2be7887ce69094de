import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../contract/contract.js';
import { parseJsonText } from '../../../contract/load/json-text.js';
import type { EmbeddedTenant } from '../../embedded-tenant.js';
import { Validators } from '../../input/validator.js';
import { itemBuildersOf } from '../../routing/endpoint.js';
import { createTenant, type Tenant } from '../../tenant.js';
import { type Call, caller, key, school } from '../../test-support/school.js';
import { StateText } from './state-text.js';
import { TextLists } from './text-lists.js';

/** A state of any length whose lists stay text where they can. */
function stateText(text: string | Buffer): StateText {
  const bytes = Buffer.from(text);
  return new StateText(
    bytes,
    async () => {
      const parsed = parseJsonText(bytes.toString(), { repeatedNames: 'refuse' });
      if ('value' in parsed) return parsed.value;
      throw new Error(`${parsed.problem.line}:${parsed.problem.column} ${parsed.problem.message}`);
    },
    0,
  );
}

const clock = (): number => Date.UTC(2026, 10, 22);

async function tenantWith(state: unknown): Promise<Tenant> {
  return createTenant(school, { seed: 1, key: await key, state, clock });
}

function exported(tenant: Tenant): Json {
  return (tenant as EmbeddedTenant).state.export();
}

/** The state after loading a text, or why it was refused. */
async function outcome(load: () => Promise<unknown>): Promise<Json> {
  try {
    return exported(await tenantWith(await load()));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Loading text and loading what it parses to have the same outcome. */
async function expectSame(text: string | Buffer): Promise<void> {
  const state = stateText(text);
  expect(await outcome(async () => state)).toEqual(await outcome(() => state.value()));
}

const emails = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((number) => `pupil.${number}@school.example`),
  fc.constantFrom(
    'a_b-c+d@x-y.example',
    'O\u2019Neil@x.example',
    'a@b',
    '.a@b.example',
    'a..b@c.example',
    'ä@x.example',
  ),
  fc.emailAddress(),
);

const names = fc.oneof(
  fc.constantFrom('Ada', 'Grace "Amazing" Hopper', 'Zoë', '\u0000', '', '\\', '名前', '\ud83d\ude00'),
  fc.string({ maxLength: 12 }),
);

/** Mostly valid items; sometimes a value that the contract refuses. */
const students = fc.record(
  {
    id: fc.oneof(
      fc.integer({ min: 0, max: 60 }).map((number) => `st_${number}`),
      fc.constantFrom('x'.repeat(21), '', 'st_\u00e9'),
    ),
    email: emails,
    name: fc.oneof({ weight: 9, arbitrary: names }, { weight: 1, arbitrary: fc.constantFrom<Json>(null, 7, []) }),
    year: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) }, { weight: 1, arbitrary: fc.constant(10) }),
    notes: fc.jsonValue({ maxDepth: 2 }).map((value): Json => ({ of: value as Json })),
    made: fc.constantFrom('2020-01-02T03:04:05.000Z', '2020-01-02T03:04:05+01:00'),
  },
  { requiredKeys: ['id', 'email'] },
);

const states = fc.record(
  {
    students: fc.array(students, { maxLength: 12 }),
    courses: fc.array(fc.record({ id: fc.constantFrom('m', 'n'), code: fc.constantFrom('M', 'N') }), { maxLength: 2 }),
    enrolments: fc.array(
      fc.record({
        course: fc.constantFrom('m', 'N'),
        student: fc.integer({ min: 0, max: 60 }).map((number) => `st_${number}`),
      }),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['students'] },
);

describe('a state that stays text is as one that is parsed', () => {
  test('whatever it contains', async () => {
    await fc.assert(
      fc.asyncProperty(states, fc.constantFrom(0, 2, '\t'), (state, space) =>
        expectSame(JSON.stringify(state, null, space)),
      ),
      { numRuns: 60, seed: 16 },
    );
  });

  test('whatever is wrong with its text', async () => {
    const edits = fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '1', '\n', 'e')),
      {
        minLength: 1,
        maxLength: 2,
      },
    );
    await fc.assert(
      fc.asyncProperty(states, edits, fc.boolean(), (state, all, isInsertion) => {
        let text = JSON.stringify(state);
        for (const [place, sign] of all) {
          const at = place % text.length;
          text = text.slice(0, at) + sign + text.slice(isInsertion ? at : at + 1);
        }
        return expectSame(text);
      }),
      { numRuns: 80, seed: 16 },
    );
  });

  test.each([
    ['a byte order mark', '\uFEFF{"students":[{"email":"a@x.example","id":"a"}]}'],
    ['a repeated name', '{"students":[{"email":"a@x.example","id":"a","em\\u0061il":"b@x.example"}]}'],
    ['a name of JavaScript', '{"students":[{"email":"a@x.example","id":"a","__proto__":1}]}'],
    ['a number that is too large', '{"students":[{"email":"a@x.example","id":"a","notes":{"n":1e999}}]}'],
    ['a name repeated further in', '{"students":[{"email":"a@x.example","id":"a","notes":{"n":1,"n":2}}]}'],
    ['the deepest value', `{"students":[{"email":"a@x.example","id":"a","notes":{"n":${nested(496)}}}]}`],
    ['a value that is too deep', `{"students":[{"email":"a@x.example","id":"a","notes":{"n":${nested(497)}}}]}`],
    ['a repeated list', '{"students":[],"students":[]}'],
    ['text after its end', '{"students":[{"email":"a@x.example","id":"a"}]} x'],
    ['a comma too many', '{"students":[{"email":"a@x.example","id":"a"},]}'],
    ['an unknown list', '{"students":[{"email":"a@x.example","id":"a"}],"pupils":[]}'],
    ['a repeated key without ids', '{"students":[{"email":"a@x.example"},{"email":"\\u0061@x.example"}]}'],
    ['an object for a list', '{"students":{}}'],
    ['no object', '[]'],
    ['no text', ''],
  ])('with %s', (_, text) => expectSame(text));

  test('with bytes that are no UTF-8', () =>
    expectSame(
      Buffer.concat([
        Buffer.from('{"students":[{"id":"a","email":"a@x.example","name":"'),
        Buffer.from([0xff, 0xc3]),
        Buffer.from('"}]}'),
      ]),
    ));
});

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

test('lists of items that do not depend on others stay text', async () => {
  const state = { students: LISTED, courses: [{ id: 'm', code: 'M' }], enrolments: [] };
  const read = await stateText(JSON.stringify(state)).read({
    contract: school,
    provider: { impliedProperties: {}, stateChecks: {} },
    itemBuilders: itemBuildersOf(school),
    validators: new Validators(school),
  });
  expect(read).toBeInstanceOf(TextLists);
  const { texts, values } = read as TextLists;
  expect([...texts].map(([list, items]) => [list, items.count])).toEqual([['students', LISTED.length]]);
  expect(values).toEqual({ courses: state.courses, enrolments: [] });
});

const LISTED = Array.from({ length: 30 }, (_, index) => ({
  id: `st_${index}`,
  email: `pupil.${index}@school.example`,
}));

describe('a tenant answers alike with a state that stays text', () => {
  const step = fc.tuple(fc.nat(7), fc.nat(40), fc.nat(40));

  async function call(by: Call, [kind, one, other]: readonly [number, number, number]): Promise<unknown> {
    const id = `/students/st_${one}`;
    const email = `pupil.${other}@school.example`;
    const calls: readonly (() => Promise<unknown>)[] = [
      () => by('GET', id),
      () => by('PATCH', id, { email }),
      () => by('DELETE', id),
      () => by('POST', '/students', { email, name: 'new' }),
      () => by('GET', `/students?page=${one % 4}&totals=true`),
      () => by('GET', `/students?take=${1 + (one % 10)}`),
      () => by('POST', '/courses/m/students', { students: [`st_${one}`] }),
      () => by('GET', '/courses/m/students'),
    ];
    return calls[kind]?.();
  }

  test('to the same calls, also after a reset', async () => {
    const state = { students: LISTED.slice(0, 24), courses: [{ id: 'm', code: 'M' }] };
    // The same numbers are drawn for new items only if the lists draw none: a state that stays text draws the key of its ids.
    const withoutId = (answer: unknown): string => JSON.stringify(answer).replace(/st_[A-Za-z0-9]{8}/g, 'st_new');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.array(step, { maxLength: 8 }), async (steps, more) => {
        const tenants = [await tenantWith(stateText(JSON.stringify(state))), await tenantWith(state)];
        const [one, other] = await Promise.all(tenants.map((tenant) => caller(tenant, school)));
        if (one === undefined || other === undefined) throw new Error('there are two tenants');
        for (const each of steps) expect(withoutId(await call(one, each))).toEqual(withoutId(await call(other, each)));
        for (const tenant of tenants) tenant.reset();
        for (const each of more) expect(withoutId(await call(one, each))).toEqual(withoutId(await call(other, each)));
      }),
      { numRuns: 15, seed: 16 },
    );
  });

  test('to calls for generated ids, which are the same for the same seed and after a reset', async () => {
    const text = JSON.stringify({ students: LISTED.map(({ email }) => ({ email })) });
    const idsOf = async (tenant: Tenant): Promise<readonly string[]> => {
      const by = await caller(tenant, school);
      const pages = await Promise.all([0, 1].map((page) => by('GET', `/students?size=10&page=${page}&totals=true`)));
      return pages.flatMap(({ body }) => (body as { students: { id: string }[] }).students.map(({ id }) => id));
    };
    const tenant = await tenantWith(stateText(text));
    const other = await caller(await tenantWith(stateText(text)), school);
    const ids = await idsOf(tenant);
    expect(new Set(ids).size).toBe(20);
    for (const [index, id] of ids.entries()) {
      expect(id).toMatch(/^st_[A-Za-z0-9]{8}$/);
      // Found by its id alone, before anything was listed.
      expect((await other('GET', `/students/${id}`)).body).toMatchObject({
        id,
        email: `pupil.${index}@school.example`,
      });
    }
    expect((await other('GET', '/students/st_AAAAAAAA')).status).toBe(404);
    tenant.reset();
    expect(await idsOf(tenant)).toEqual(ids);
  });
});
