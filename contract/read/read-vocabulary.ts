import type {
  Cause,
  Grants,
  Inside,
  Json,
  JsonObject,
  KindSource,
  Limit,
  Mention,
  Pointer,
  Problem,
  Rate,
  RateLimit,
  RatePlan,
  Relation,
  Resource,
} from '../contract.js';
import { entriesOf, listOr, objectOr, stringOr, stringsOf } from '../json/json-value.js';
import type { Source } from '../load/source.js';
import { isObject, joinPointer } from '../pointer.js';
import { splitOnce } from './read-value.js';

/** `x-resources`, `x-relations`, `x-problems` and `x-rate-limit`. Their form has already been checked. */

export function readResources(source: Source): ReadonlyMap<string, Resource> {
  return readNamed(source, 'x-resources', (name, value, pointer): Resource => {
    const inside = readInside(value);
    const under = readUnder(value);
    const limits = readLimits(source, value.limit, joinPointer(pointer, 'limit'));
    return {
      name,
      key: typeof value.key === 'string' ? value.key : keyWithin(inside),
      ...(value.once === true ? { once: true as const } : {}),
      aliases: stringsOf(value.alias),
      unique: uniqueGroups(value).map((group) => group.map((name) => name.replace(/\?$/, ''))),
      optionalInUnique: new Set(
        uniqueGroups(value).flatMap((group) =>
          group.filter((name) => name.endsWith('?')).map((name) => name.slice(0, -1)),
        ),
      ),
      ...(limits[0] === undefined ? {} : { limit: limits[0] }),
      limits,
      ...(inside === undefined ? {} : { inside }),
      ...(under === undefined ? {} : { under }),
      refers: [
        ...(under === undefined
          ? []
          : [{ property: under.property, resource: under.parent, by: keyOf(source, under.parent) }]),
        ...entriesOf(value.refers).map(([property, target]) => {
          const [resource, by] = splitOnce(stringOr(target), '.');
          return { property, resource, by: by ?? keyOf(source, resource) };
        }),
      ],
      mentions: value.derived === true ? readMentions(value.mentions) : [],
      ...(isObject(value.grants) ? { grants: readGrants(value.grants) } : {}),
      ...(typeof value.kind === 'string' ? { kind: readKind(value.kind) } : {}),
      initial: Array.isArray(value.initial) ? value.initial.filter(isObject) : [],
      ...(typeof value.hook === 'string' ? { hook: value.hook } : {}),
      ...(typeof value.placeholder === 'string' ? { placeholder: value.placeholder } : {}),
      ...(value.derived === true ? { derived: true as const } : {}),
      pointer,
    };
  });
}

function readGrants({ to, audience, scopes, all }: JsonObject): Grants {
  return {
    to: stringOr(to),
    audience: stringOr(audience),
    scopes: stringOr(scopes),
    ...(typeof all === 'string' ? { all } : {}),
  };
}

function readKind(value: string): KindSource {
  const [property, of = ''] = splitOnce(value, '.');
  return { property, of };
}

/** As written: a property whose absence counts as a value ends in `?`. */
function uniqueGroups(value: JsonObject): readonly (readonly string[])[] {
  return Array.isArray(value.unique) ? value.unique.map(stringsOf) : [];
}

function readUnder(value: JsonObject): Resource['under'] {
  const [parent, property] = entriesOf(value.under)[0] ?? [];
  return parent === undefined ? undefined : { parent, property: stringOr(property ?? null) };
}

function readInside(value: JsonObject): Inside | undefined {
  const entry = entriesOf(value.inside)[0];
  if (entry === undefined) return undefined;
  const [parent, list] = entry;
  const key = Object.fromEntries(
    entriesOf(value.key).map(([property, place]) => {
      const [of, name = ''] = splitOnce(stringOr(place), '.');
      return [property, { of: of === 'parent' ? ('parent' as const) : ('item' as const), property: name }];
    }),
  );
  return { parent, list: stringOr(list), key };
}

function keyWithin(inside: Inside | undefined): string {
  return Object.values(inside?.key ?? {}).find(({ of }) => of === 'item')?.property ?? '';
}

/** What requests mention by name. Only what is derived has it: the values are those of a `Mention`. */
export function readMentions(value: Json | undefined): readonly Mention[] {
  return listOr(value)
    .map(objectOr)
    .map(({ property, resource, by, within, isItem }) => ({
      property: stringOr(property),
      resource: stringOr(resource),
      by: stringOr(by),
      ...(within === undefined ? {} : { within: stringsOf(within) }),
      ...(isItem === true ? { isItem } : {}),
    }));
}

function keyOf(source: Source, resource: string): string {
  const resources = objectOr(objectOr(source.document.components)['x-resources']);
  return stringOr(objectOr(resources[resource]).key);
}

export function readRelations(source: Source): ReadonlyMap<string, Relation> {
  return readNamed(
    source,
    'x-relations',
    (name, value, pointer): Relation => ({
      name,
      between: stringsOf(value.between),
      carries: stringsOf(value.carries),
      ...(typeof value.follows === 'string' ? { follows: value.follows } : {}),
      shows: Array.isArray(value.shows) ? value.shows.map(stringsOf) : [],
      limits: Array.isArray(value.limits)
        ? value.limits.map((limit: Json, index) => readLimit(source, limit, joinPointer(pointer, 'limits', index)))
        : [],
      ...(value.derived === true ? { derived: true as const } : {}),
      pointer,
    }),
  );
}

export function readProblems(source: Source): ReadonlyMap<string, Problem> {
  return readNamed(
    source,
    'x-problems',
    (name, value, pointer): Problem => ({
      name,
      when: readCause(value.when ?? null),
      ...(typeof value.errorCode === 'string' ? { errorCode: value.errorCode } : {}),
      ...(typeof value.message === 'string' ? { message: value.message } : {}),
      headers: Object.fromEntries(
        entriesOf(value.headers).map(([header, text]) => [header.toLowerCase(), stringOr(text)]),
      ),
      ...(typeof value.remedy === 'string' ? { remedy: value.remedy } : {}),
      evidence: source.evidenceAt(pointer),
      pointer,
    }),
  );
}

/** Reads a cause as written: `scope`, `{unknown: role}`. The vocabulary's schema allows only kinds of `Cause`. */
function readCause(value: Json): Cause {
  if (typeof value === 'string') return { kind: value } as Cause;
  const [kind = '', argument = null] = entriesOf(value)[0] ?? [];
  return { kind, [ARGUMENTS[kind] ?? 'of']: argument } as unknown as Cause;
}

const ARGUMENTS: Readonly<Record<string, string>> = {
  token: 'fault',
  invalid: 'part',
  beyond: 'max',
  hook: 'name',
  never: 'reason',
};

export function readRateLimit(source: Source): RateLimit | undefined {
  const value = source.document['x-rate-limit'];
  if (!isObject(value)) return undefined;
  const pointer = '/x-rate-limit';
  const headers = objectOr(value.headers);
  return {
    headers: {
      limit: stringOr(headers.limit).toLowerCase(),
      remaining: stringOr(headers.remaining).toLowerCase(),
      reset: stringOr(headers.reset).toLowerCase(),
    },
    problem: stringOr(value.problem),
    plans: entriesOf(value.plans).map(([name, plan]) => readPlan(source, name, objectOr(plan))),
    evidence: source.evidenceAt(pointer),
    pointer,
  };
}

const SECONDS_A_MINUTE = 60;

function readPlan(source: Source, name: string, plan: JsonObject): RatePlan {
  return {
    name,
    ...readRate(plan),
    groups: new Map(entriesOf(plan.groups).map(([group, rate]) => [group, readRate(objectOr(rate))])),
    evidence: source.evidenceAt(joinPointer('/x-rate-limit', 'plans', name)),
  };
}

function readRate(rate: JsonObject): Rate {
  const perMinute = typeof rate['per-minute'] === 'number' ? rate['per-minute'] : 0;
  return {
    burst: Number(rate.burst),
    perSecond: typeof rate['per-second'] === 'number' ? rate['per-second'] : perMinute / SECONDS_A_MINUTE,
  };
}

/** One limit, or a list. */
function readLimits(source: Source, value: Json | undefined, pointer: Pointer): readonly Limit[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [readLimit(source, value, pointer)];
  return value.map((limit: Json, index) => readLimit(source, limit, joinPointer(pointer, index)));
}

function readLimit(source: Source, value: Json, pointer: Pointer): Limit {
  const limit = objectOr(value);
  return {
    per: stringsOf(limit.per),
    max: Number(limit.max),
    ...(typeof limit.disputed === 'number' ? { disputed: limit.disputed } : {}),
    ...(typeof limit.problem === 'string' ? { problem: limit.problem } : {}),
    evidence: source.evidenceAt(pointer),
    pointer,
  };
}

function readNamed<T>(
  source: Source,
  keyword: string,
  read: (name: string, value: JsonObject, pointer: Pointer) => T,
): ReadonlyMap<string, T> {
  const components = objectOr(source.document.components);
  const entries = entriesOf(components[keyword]).map(([name, value]): readonly [string, T] => [
    name,
    read(name, objectOr(value), joinPointer('/components', keyword, name)),
  ]);
  return new Map(entries);
}
