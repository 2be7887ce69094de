import { shown } from '../check/check-reference.js';
import { type Flaw, READABLE } from '../check/flaw.js';
import { METHODS } from '../check/openapi.js';
import type { Json, JsonObject, Pointer } from '../contract.js';
import { entriesOf } from '../json/json-value.js';
import { isObject, joinPointer } from '../pointer.js';
import { isOfBody } from './form.js';
import type { Part } from './moves.js';
import { FLOWS } from './security.js';

/** What a field of Swagger 2.0 that OpenAPI 3 lacks may hold. */
interface Rule {
  readonly fits: (value: Json) => boolean;
  readonly expected: string;
  /** What the document is read without; absent if it is read as it was meant. */
  readonly leavesOut?: string;
}

const SCHEMES = ['http', 'https', 'ws', 'wss'];
const FORMATS = ['csv', 'ssv', 'tsv', 'pipes', 'multi'];

const MEDIA_TYPES: Rule = {
  fits: (value) => Array.isArray(value) && value.every((type) => typeof type === 'string'),
  expected: 'a list of media types',
  leavesOut: 'the field',
};

const OF_DOCUMENT: Readonly<Record<string, Rule>> = {
  host: {
    fits: (value) => typeof value === 'string' && isHost(value),
    expected: 'a host, perhaps with a port, without a scheme or a path',
    leavesOut: 'the field',
  },
  basePath: {
    fits: (value) => typeof value === 'string' && (value === '' || value.startsWith('/')),
    expected: 'a path that begins with "/"',
  },
  schemes: {
    fits: (value) => Array.isArray(value) && value.every((scheme) => SCHEMES.some((known) => known === scheme)),
    expected: `a list of ${SCHEMES.join(', ')}`,
    leavesOut: 'the field',
  },
  consumes: MEDIA_TYPES,
  produces: MEDIA_TYPES,
};

const OF_OPERATION: Readonly<Record<string, Rule>> = { consumes: MEDIA_TYPES, produces: MEDIA_TYPES };

/** Whether a text is a host as Swagger means it; an empty one is none. */
export function isHost(text: string): boolean {
  return !/[/?#\s]/.test(text);
}

/** The deviations of a document from Swagger 2.0 that the check of the converted document cannot see. */
export function checkSwagger(document: JsonObject): readonly Flaw[] {
  const root = { value: document, pointer: '' };
  return [
    ...fieldFlaws(root, OF_DOCUMENT),
    ...partsIn(root, 'paths').flatMap(pathItemFlaws),
    ...partsIn(root, 'parameters').flatMap(parameterFlaws),
    ...partsIn(root, 'securityDefinitions').flatMap(schemeFlaws),
  ];
}

/** The entries of a map or a list in a part that are objects. */
function partsIn({ value, pointer }: Part, name: string): readonly Part<JsonObject>[] {
  const map = isObject(value) ? value[name] : undefined;
  const entries = Array.isArray(map) ? [...map.entries()] : entriesOf(map);
  const place = joinPointer(pointer, name);
  return entries.flatMap(([key, entry]): Part<JsonObject>[] =>
    isObject(entry) ? [{ value: entry, pointer: joinPointer(place, key) }] : [],
  );
}

function fieldFlaws({ value, pointer }: Part<JsonObject>, rules: Readonly<Record<string, Rule>>): readonly Flaw[] {
  return Object.entries(rules).flatMap(([name, { fits, expected, leavesOut }]): Flaw[] => {
    const field = value[name];
    if (field === undefined || fits(field)) return [];
    const message = `"${name}" expected ${expected}, received ${shown(field)}`;
    return [flaw(joinPointer(pointer, name), message, leavesOut)];
  });
}

function flaw(pointer: Pointer, message: string, leavesOut?: string): Flaw {
  return { pointer, message, mend: READABLE, ...(leavesOut !== undefined && { leavesOut }) };
}

function pathItemFlaws(item: Part<JsonObject>): readonly Flaw[] {
  const operations = METHODS.flatMap((name): Part<JsonObject>[] => {
    const operation = item.value[name];
    return isObject(operation) ? [{ value: operation, pointer: joinPointer(item.pointer, name) }] : [];
  });
  return [
    ...listFlaws(item),
    ...operations.flatMap((operation) => [...fieldFlaws(operation, OF_OPERATION), ...listFlaws(operation)]),
  ];
}

/** An operation has one body, or fields of a form. */
function listFlaws(part: Part<JsonObject>): readonly Flaw[] {
  const parameters = partsIn(part, 'parameters');
  const ofBody = parameters.filter(({ value }) => isOfBody(value.in));
  const place = ofBody[0]?.value.in;
  const others = ofBody.slice(1).filter(({ value }) => place === 'body' || value.in !== place);
  return [
    ...parameters.flatMap(parameterFlaws),
    ...others.map(({ value, pointer }) => {
      const message =
        value.in === place
          ? 'a second body; expected one parameter "in: body"'
          : `"in: ${String(value.in)}" beside "in: ${String(place)}"; expected a body or the fields of a form`;
      return flaw(pointer, message, 'the parameter');
    }),
  ];
}

function parameterFlaws({ value, pointer }: Part<JsonObject>): readonly Flaw[] {
  if (value.$ref !== undefined) return [];
  const wanted = value.in === 'body' ? 'schema' : 'type';
  // A parameter in the words of OpenAPI 3 has a schema everywhere.
  const isMissing = typeof value.in === 'string' && value[wanted] === undefined && value.schema === undefined;
  const isUnnamed = value.in === 'formData' && typeof value.name !== 'string';
  const article = value.in === 'body' ? 'a body' : `a parameter "in: ${String(value.in)}"`;
  return [
    ...(isUnnamed ? [flaw(pointer, 'missing "name"; a parameter requires it', 'the parameter')] : []),
    ...(isMissing ? [flaw(pointer, `missing "${wanted}"; ${article} requires it`)] : []),
    ...fieldFlaws({ value, pointer }, { collectionFormat: formatIn(value.in) }),
  ];
}

function formatIn(place: Json | undefined): Rule {
  const allowed = place === 'query' || place === 'formData' ? FORMATS : FORMATS.filter((format) => format !== 'multi');
  return { fits: (value) => allowed.some((format) => format === value), expected: `one of ${allowed.join(', ')}` };
}

function schemeFlaws(scheme: Part<JsonObject>): readonly Flaw[] {
  const { type, flow, flows } = scheme.value;
  if (type !== 'oauth2' || flows !== undefined) return [];
  if (flow === undefined) return [flaw(scheme.pointer, 'missing "flow"; a scheme of type oauth2 requires it')];
  const names = Object.keys(FLOWS);
  const rule = { fits: (value: Json) => names.some((name) => name === value), expected: `one of ${names.join(', ')}` };
  return fieldFlaws(scheme, { flow: rule });
}
