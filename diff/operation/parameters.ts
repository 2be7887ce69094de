import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, Operation, Parameter } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { type Change, changeAt } from '../change.js';
import type { Comparison } from '../comparison.js';
import { compareDeprecation, compareTexts } from '../described.js';
import { describeChange } from '../report/wording.js';
import type { Located } from '../schema/site.js';

export function compareParameters(comparison: Comparison, before: Operation, after: Operation): readonly Change[] {
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

/** Header names are case-insensitive; path parameters are identified by their position. */
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

function parameterText(parameter: Parameter): string {
  return `${parameter.in} parameter "${parameter.name}"`;
}

// Path parameters change with the path itself, which is reported as a move.
function removed(parameter: Parameter): readonly Change[] {
  if (parameter.in === 'path') return [];
  return [
    changeAt('parameter-removed', parameter.pointer, `${parameterText(parameter)} was removed`, {
      from: parameter.name,
    }),
  ];
}

function added(parameter: Parameter): readonly Change[] {
  if (parameter.in === 'path') return [];
  const { name, pointer, required } = parameter;
  return required
    ? [changeAt('required-parameter-added', pointer, `${parameterText(parameter)} was added as required`, { to: name })]
    : [changeAt('parameter-added', pointer, `${parameterText(parameter)} was added`, { to: name })];
}

function compareParameter({ before, after, schemas }: Comparison, old: Parameter, now: Parameter): readonly Change[] {
  const subject = parameterText(now);
  return [
    ...compareRequired(old, now),
    ...compareSerialization(before, after, old, now),
    ...compareQueryRole(old, now),
    ...schemas.compare('request', subject, [schemaOf(before, old)], [schemaOf(after, now)]),
    ...compareDeprecation(
      { deprecated: 'parameter-deprecated', undeprecated: 'parameter-undeprecated' },
      subject,
      old,
      now,
    ),
    ...compareTexts(
      { kind: 'parameter-described', subject, texts: { description: ({ description }) => description } },
      old,
      now,
    ),
  ];
}

function compareRequired(old: Parameter, now: Parameter): readonly Change[] {
  if (old.required === now.required) return [];
  const word = now.required ? 'required' : 'optional';
  const what = `${parameterText(now)} became ${word}`;
  return [changeAt(`parameter-became-${word}`, now.pointer, what, { from: old.required, to: now.required })];
}

/** The default style of parameters. @see OpenAPI 3.1, 4.8.12.2 */
const STYLES = { path: 'simple', query: 'form', header: 'simple', cookie: 'form' } as const;

function compareSerialization(before: Contract, after: Contract, old: Parameter, now: Parameter): readonly Change[] {
  const from = serializationOf(before, old);
  const to = serializationOf(after, now);
  return Object.keys(to).flatMap((name) =>
    from[name] === to[name]
      ? []
      : [
          changeAt(
            'parameter-serialization-changed',
            joinPointer(now.pointer, name),
            describeChange(`${name} of ${parameterText(now)}`, from[name], to[name]),
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

function compareQueryRole(old: Parameter, now: Parameter): readonly Change[] {
  if (isDeepStrictEqual(old.query, now.query)) return [];
  const [from, to] = [old.query, now.query].map((role) => (role === undefined ? undefined : wordOf(role)));
  const kind = from === undefined || to === undefined ? 'parameter-role-said' : 'parameter-role-changed';
  return [
    changeAt(kind, joinPointer(now.pointer, 'x-query'), describeChange(`x-query of ${parameterText(now)}`, from, to), {
      from,
      to,
    }),
  ];
}

function wordOf(role: NonNullable<Parameter['query']>): string {
  if (role.kind === 'filter') return `filter ${role.properties.join(', ')} ${role.match}`;
  if (role.kind === 'search') return `search ${role.hook}`;
  return role.kind === 'fields' && role.always.length > 0 ? `fields, always ${role.always.join(', ')}` : role.kind;
}

function schemaOf({ document }: Contract, { schema, pointer }: Parameter): Located {
  const object = getPointer(document, pointer);
  const content = isObject(object) && isObject(object.content) ? Object.keys(object.content)[0] : undefined;
  const place = content === undefined ? [] : ['content', content];
  return { value: schema, pointer: joinPointer(pointer, ...place, 'schema') };
}
