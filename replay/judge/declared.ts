import type { Json, Operation } from '../../contract/contract.js';
import { isObject, joinPointer } from '../../contract/pointer.js';
import { formOf } from '../read/message.js';
import type { RecordedRequest } from '../recorded/recording.js';
import type { SchemaView, SchemaViews } from './schema-view.js';

/**
 * The parts of a request that the contract does not declare, such as `query q` or `body /options/mfa`. Empty: the
 * request is in the contract. Headers are ignored: clients and proxies add their own.
 */
export function undeclaredIn(views: SchemaViews, operation: Operation, request: RecordedRequest): readonly string[] {
  return [
    ...undeclaredQuery(operation, request).map((name) => `query ${name}`),
    ...undeclaredProperties(bodyView(views, operation), request.body).map(
      (pointer) => `body ${pointer || 'as a whole'}`,
    ),
  ];
}

export function undeclaredQuery(operation: Operation, request: RecordedRequest): readonly string[] {
  const declared = operation.parameters.flatMap((parameter) => (parameter.in === 'query' ? [parameter.name] : []));
  return Object.keys(formOf(request.query)).filter((name) => !declared.includes(name));
}

/** The schema view of an operation's request body; undefined if it has none. */
export function bodyView(views: SchemaViews, operation: Operation): SchemaView | undefined {
  const content = operation.requestBody?.content ?? [];
  const media = content.find(({ type }) => type.endsWith('json')) ?? content[0];
  return media === undefined ? undefined : views.of(media.schema);
}

/** The pointers of undeclared properties in a body; an empty object needs no declaration. */
function undeclaredProperties(view: SchemaView | undefined, body: Json | undefined, pointer = ''): readonly string[] {
  if (body === undefined) return [];
  if (view === undefined)
    return isObject(body) ? Object.keys(body).map((name) => joinPointer(pointer, name)) : [pointer];
  if (Array.isArray(body)) {
    return body.flatMap((entry: Json, index) => undeclaredProperties(view.items(), entry, joinPointer(pointer, index)));
  }
  if (!isObject(body)) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    const property = view.property(name);
    if (property !== undefined) return undeclaredProperties(property, value, joinPointer(pointer, name));
    return view.open ? [] : [joinPointer(pointer, name)];
  });
}

/** The body without undeclared properties. */
export function declaredPart(view: SchemaView | undefined, body: Json | undefined): Json | undefined {
  if (body === undefined || view === undefined) return undefined;
  if (Array.isArray(body)) return body.map((entry: Json) => declaredPart(view.items(), entry) ?? null);
  if (!isObject(body)) return body;
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, Json][] => {
      const property = view.property(name);
      if (property !== undefined) return [[name, declaredPart(property, value) ?? null]];
      return view.open ? [[name, value]] : [];
    }),
  );
}

/** The body without what the service alone sets. */
export function writablePart(view: SchemaView | undefined, body: Json): Json {
  if (view === undefined) return body;
  if (Array.isArray(body)) return body.map((entry: Json) => writablePart(view.items(), entry));
  if (!isObject(body)) return body;
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, Json][] => {
      const property = view.property(name);
      return property?.isReadOnly === true ? [] : [[name, writablePart(property, value)]];
    }),
  );
}
