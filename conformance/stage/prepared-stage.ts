import type { Contract, Json, JsonObject, Operation, Schema } from '../../spec/contract/contract.js';
import { joinPointer } from '../../spec/contract/pointer.js';
import { sampleValue } from '../arbitraries/valid-value.js';
import type { Clock } from '../clock.js';
import { type Exchange, succeeded } from '../exchange.js';
import { severityOf } from '../finding.js';
import { buildRequest, noValues, type PlannedRequest, type RequestValues } from '../request.js';
import { deriveSeed, randomFrom } from '../seed.js';
import { Stop } from '../stop.js';
import type { BodyWriter } from './bodies.js';
import { type Effects, remainingSide } from './effects.js';
import { idOf, itemName, nameOf, resourceNamed } from './identity.js';
import { readListing } from './listing.js';
import type { Pool } from './pool.js';
import type { Sides, Stage, Subject } from './stage.js';
import { requestsFor, type Tuple, tuplesOf } from './tuples.js';
import { unknownKey } from './unknown-key.js';
import { validValues } from './valid-values.js';
import { takeWitness } from './witness.js';

export interface StageOptions {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly pool: Pool;
  readonly bodies: BodyWriter;
  readonly clock: Clock;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Sends what prepares: it is not counted as the check's. */
  readonly prepare: (request: PlannedRequest) => Promise<Exchange>;
  /** Sends what looks: it is. */
  readonly look: (request: PlannedRequest) => Promise<Exchange>;
  /** What an operation of the provider's own needs to be told. */
  readonly hook: (hook: string) => RequestValues | undefined;
  /** Told of every subject that the check got. */
  readonly handed: (subject: Subject) => void;
  /** Takes those of these tuples out again that the check has put in. */
  readonly takeOut: (tuples: readonly Tuple[]) => Promise<void>;
  /** Whether the check has put this tuple in. */
  readonly isThere: (tuple: Tuple) => boolean;
}

/** How long a listing that shows changes late is asked again. */
const SETTLE_MS = 10_000;
const FIRST_LOOK_AGAIN_MS = 50;

/** The stage of one check. */
export function prepareStage(options: StageOptions): Stage {
  const { contract, effects, pool, prepare, look, seed } = options;
  let made = 0;
  const nextSeed = () => {
    made += 1;
    return deriveSeed(seed, 'fresh', made);
  };
  const samples = new Map<string, Json>();
  const sample = (schema: Schema, optional: 'required' | 'all'): Json => {
    // Making the arbitrary costs more than a request, and a check asks for the same one again and again.
    const key = `${optional} ${JSON.stringify(schema)}`;
    const known = samples.get(key) ?? sampleValue(contract, schema, { forRequest: true, optional }, seed);
    samples.set(key, known);
    return known;
  };
  const random = randomFrom(deriveSeed(seed, 'unknown'));
  const resource = (name: string) => resourceNamed(contract, name);
  const relation = (name: string) => {
    const found = contract.relations.get(name);
    if (found === undefined) throw new RangeError(`The contract has no relation "${name}".`);
    return found;
  };
  const namesOf = (sides: Sides): Record<string, Json> =>
    Object.fromEntries(Object.entries(sides).map(([side, subject]) => [side, subject.name]));

  const freeSide = (name: string, sides: Sides): string => remainingSide(relation(name), Object.keys(sides));
  const tupleOf = (name: string, sides: Sides, rest: string, one: Subject): Tuple => ({
    relation: name,
    names: { ...namesOf(sides), [rest]: one.name },
  });

  const isUnsureOfRepeats = ({ effect }: Operation): boolean =>
    effect !== undefined && severityOf(contract.evidenceAt(joinPointer(effect.pointer, 'add'))) !== 'failed';

  const subject = async (name: string, index = 0): Promise<Subject> => {
    const got = await pool.subject(name, index, prepare);
    options.handed(got.parent ?? got);
    return got;
  };

  const change = async (
    kind: 'add' | 'remove',
    name: string,
    sides: Sides,
    many: readonly Subject[],
  ): Promise<void> => {
    const rest = freeSide(name, sides);
    // What is there already may be refused: not every source says that it is not.
    const wanted = kind === 'add' ? many.filter((one) => !options.isThere(tupleOf(name, sides, rest, one))) : many;
    if (wanted.length === 0) return;
    const names = wanted.map((one) => one.name);
    const requests = requestsFor(contract, effects, kind, relation(name), namesOf(sides), names);
    if (requests.length === 0)
      throw new Stop(
        `The contract has no operation that can ${kind} ${name} by ${Object.keys(sides).join(', ')}.`,
        'contract',
      );
    for (const { operation, values } of requests) {
      const exchange = await prepare(buildRequest(operation, values));
      if (!succeeded(exchange)) throw refusedFixture(operation, exchange);
    }
  };

  const listing = (name: string, sides: Sides): { operation: Operation; path: Record<string, Json> } => {
    const operation = effects.one('list', name, Object.keys(sides));
    if (operation?.effect === undefined)
      throw new Stop(
        `The contract has no operation that lists ${name} by ${Object.keys(sides).join(', ')}.`,
        'contract',
      );
    const path: Record<string, Json> = {};
    for (const [side, parameter] of Object.entries(operation.effect.of)) path[parameter] = sides[side]?.id ?? '';
    return { operation, path };
  };

  const readIds = async (name: string, sides: Sides): Promise<readonly string[]> => {
    const { operation, path } = listing(name, sides);
    const { entries, exchange, complete } = await readListing(operation, { ...noValues, path }, look);
    if (!complete) throw refusedFixture(operation, exchange);
    const side = resource(remainingSide(relation(name), Object.keys(sides)));
    return entries.map((entry) => idOf(side, entry) ?? JSON.stringify(entry));
  };

  const fresh = (name: string, values: JsonObject = {}): Promise<Subject> =>
    pool.make(name, values, { seed: nextSeed(), keep: false }, prepare);

  const stage: Stage = {
    subject,
    subjects: async (name, count) => {
      const all: Subject[] = [];
      for (let index = 0; index < count; index += 1) all.push(await subject(name, index));
      return all;
    },
    fresh,
    capacity: (name) => resource(name).limit?.max ?? Number.POSITIVE_INFINITY,
    unknown: async (name) => {
      const target = resource(name);
      const like = await subject(name);
      const creation = effects.one('create', name);
      if (target.inside === undefined || like.parent === undefined) {
        const id = unknownKey(contract, target, creation, like.id, random);
        return { resource: name, id, name: id, value: {} };
      }
      const property = Object.values(target.inside.key).find(({ of }) => of === 'item')?.property ?? '';
      const value = { ...like.value, [property]: `unknown:${Math.floor(random() * 1e9).toString(36)}` };
      const named = itemName(target, like.parent.value, value);
      return { resource: name, id: idOf(target, named) ?? '', name: named, value, parent: like.parent };
    },
    valid: async (operation, valid = {}) => {
      const values = await validValues(operation, valid, {
        subject,
        fresh,
        creation: (name, more) => pool.body(name, { seed: nextSeed(), keep: false, more }, prepare),
        update: (target, name, more) => options.bodies.update(target, resource(name), pool.sign(nextSeed()), more),
        hook: options.hook,
        sample,
      });
      if (operation.effect?.kind === 'add' && isUnsureOfRepeats(operation)) {
        await options.takeOut(tuplesOf(contract, buildRequest(operation, values)));
      }
      return values;
    },
    body: (name) => pool.body(name, { seed: nextSeed(), keep: false, more: {} }, prepare),
    add: (name, sides, many) => change('add', name, sides, many),
    remove: (name, sides, many) => change('remove', name, sides, many),
    clear: async (name, sides) => {
      const { operation, path } = listing(name, sides);
      const side = remainingSide(relation(name), Object.keys(sides));
      const { entries, exchange, complete } = await readListing(operation, { ...noValues, path }, prepare);
      if (!complete) throw refusedFixture(operation, exchange);
      const many = entries.flatMap((entry): readonly Subject[] => {
        const named = nameOf(resource(side), entry);
        const id = idOf(resource(side), entry);
        return named === undefined || id === undefined ? [] : [{ resource: side, id, name: named, value: {} }];
      });
      await change('remove', name, sides, many);
    },
    list: async (name, sides, until) => {
      const { operation } = listing(name, sides);
      const late = operation.effect?.consistency === 'eventual';
      const startedAt = options.clock.now();
      for (let pause = FIRST_LOOK_AGAIN_MS; ; pause *= 2) {
        const ids = await readIds(name, sides);
        const over = options.clock.now() - startedAt >= SETTLE_MS;
        if (!late || until === undefined || until(ids) || over) return ids;
        await options.clock.sleep(pause, options.signal);
      }
    },
    idOf: (name, entry) => idOf(resource(name), entry),
    witness: (operation, values) => takeWitness(contract, effects, operation, values, look),
    operation: (kind, target, sides) => effects.one(kind, target, sides),
    operations: (kind, target) => effects.all(kind, target),
    remaining: remainingSide,
  };
  return stage;
}

function refusedFixture(operation: Operation, { response }: Exchange): Stop {
  const answer = `${response.status} ${response.text.replace(/\s+/g, ' ').slice(0, 160)}`.trimEnd();
  const because = response.status === 401 || response.status === 403 ? 'credentials' : 'target';
  return new Stop(
    `What the check needs could not be prepared: ${operation.method} ${operation.route} answered ${answer}.`,
    because,
  );
}
