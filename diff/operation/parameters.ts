import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, Operation, Parameter } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { type Finding, finding } from '../change.js';
import type { Comparison } from '../comparison.js';
import { compareDeprecation, compareTexts } from '../described.js';
import { changed } from '../report/wording.js';
import type { Located } from '../schema/site.js';

export function compareParameters(comparison: Comparison, before: Operation, after: Operation): readonly Finding[] {
  const old = byKey(before);
  const now = byKey(after);
  return [
    ...[...old].flatMap(([key, parameter]) => {
      const partner = now.get(key);
      return partner === undefined ? removed(parameter) : compareParameter(comparison, parameter, partner);
    }),
    ...[...now].flatMap(([key, parameter]) => (old.has(key) ? [] : added(parameter))),
  ];
}

/** A header's name has no case, and a parameter of the path is known by its place there. */
function byKey({ parameters, path }: Operation): ReadonlyMap<string, Parameter> {
  const places = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  return new Map(
    parameters.map((parameter) => {
      const { name } = parameter;
      const known = { header: name.toLowerCase(), path: places.indexOf(name), query: name, cookie: name };
      return [`${parameter.in} ${known[parameter.in]}`, parameter];
    }),
  );
}

function naming(parameter: Parameter): string {
  return `${parameter.in} parameter "${parameter.name}"`;
}

// A parameter of the path comes and goes with the path itself, which is told as a move.
function removed(parameter: Parameter): readonly Finding[] {
  if (parameter.in === 'path') return [];
  return [finding('parameter-removed', parameter.pointer, `${naming(parameter)} is gone`, { from: parameter.name })];
}

function added(parameter: Parameter): readonly Finding[] {
  if (parameter.in === 'path') return [];
  const { name, pointer, required } = parameter;
  return required
    ? [finding('required-parameter-added', pointer, `${naming(parameter)} is new and required`, { to: name })]
    : [finding('parameter-added', pointer, `${naming(parameter)} is new`, { to: name })];
}

function compareParameter({ before, after, schemas }: Comparison, old: Parameter, now: Parameter): readonly Finding[] {
  const subject = naming(now);
  return [
    ...compareNeed(old, now),
    ...compareSerialization(before, after, old, now),
    ...compareQueryRole(old, now),
    ...schemas.compare('request', subject, [schemaOf(before, old)], [schemaOf(after, now)]),
    ...compareDeprecation(
      { deprecated: 'parameter-deprecated', undeprecated: 'parameter-undeprecated' },
      subject,
      old,
      now,
    ),
    ...compareTexts('parameter-described', subject, old, now, { description: ({ description }) => description }),
  ];
}

function compareNeed(old: Parameter, now: Parameter): readonly Finding[] {
  if (old.required === now.required) return [];
  const word = now.required ? 'required' : 'optional';
  const what = `${naming(now)} became ${word}`;
  return [finding(`parameter-became-${word}`, now.pointer, what, { from: old.required, to: now.required })];
}

/** How a parameter is written where the document does not say. @see OpenAPI 3.1, 4.8.12.2 */
const STYLES = { path: 'simple', query: 'form', header: 'simple', cookie: 'form' } as const;

function compareSerialization(before: Contract, after: Contract, old: Parameter, now: Parameter): readonly Finding[] {
  const from = serializationOf(before, old);
  const to = serializationOf(after, now);
  return Object.keys(to).flatMap((name) =>
    from[name] === to[name]
      ? []
      : [
          finding(
            'parameter-serialization-changed',
            joinPointer(now.pointer, name),
            changed(`${name} of ${naming(now)}`, from[name], to[name]),
            { from: from[name], to: to[name] },
          ),
        ],
  );
}

function serializationOf({ document }: Contract, parameter: Parameter): Readonly<Record<string, Json>> {
  const found = getPointer(document, parameter.pointer);
  const object = isObject(found) ? found : {};
  const style = object.style ?? STYLES[parameter.in];
  return {
    style,
    explode: object.explode ?? style === 'form',
    allowReserved: object.allowReserved ?? false,
    content: Object.keys(isObject(object.content) ? object.content : {}).join(),
  };
}

function compareQueryRole(old: Parameter, now: Parameter): readonly Finding[] {
  if (isDeepStrictEqual(old.query, now.query)) return [];
  const [from, to] = [old.query, now.query].map((role) => (role === undefined ? undefined : wordOf(role)));
  const kind = from === undefined || to === undefined ? 'parameter-role-said' : 'parameter-role-changed';
  return [
    finding(kind, joinPointer(now.pointer, 'x-query'), changed(`x-query of ${naming(now)}`, from, to), { from, to }),
  ];
}

function wordOf(role: NonNullable<Parameter['query']>): string {
  return role.kind === 'filter' ? `filter ${role.property} ${role.match}` : role.kind;
}

function schemaOf({ document }: Contract, { schema, pointer }: Parameter): Located {
  const object = getPointer(document, pointer);
  const content = isObject(object) && isObject(object.content) ? Object.keys(object.content)[0] : undefined;
  const place = content === undefined ? [] : ['content', content];
  return { value: schema, pointer: joinPointer(pointer, ...place, 'schema') };
}
