import type { Json, JsonObject, Operation, Parameter, Schema } from '../../spec/contract/contract.js';
import { isObject } from '../../spec/contract/pointer.js';
import { editJson } from '../arbitraries/json-edit.js';
import type { RequestValues } from '../request.js';
import type { Subject, ValidOptions } from './stage.js';

export interface ValidSources {
  readonly subject: (resource: string, index?: number) => Promise<Subject>;
  readonly fresh: (resource: string) => Promise<Subject>;
  readonly creation: (resource: string, more: JsonObject) => Promise<JsonObject>;
  readonly update: (operation: Operation, resource: string, more: JsonObject) => JsonObject;
  /** What an operation of the provider's own needs to be told; nothing where it needs nothing. */
  readonly hook: (hook: string) => RequestValues | undefined;
  /** A plausible value of a schema, the same each time. */
  readonly sample: (schema: Schema, optional: 'required' | 'all') => Json;
}

/** Values for a request of the operation that must succeed. */
export async function validValues(
  operation: Operation,
  options: ValidOptions,
  sources: ValidSources,
): Promise<RequestValues> {
  const { effect } = operation;
  const told = effect?.on === 'hook' ? sources.hook(effect.target) : undefined;
  if (told !== undefined) return told;
  const path: Record<string, Json> = {};
  const query: Record<string, Json> = {};
  const header: Record<string, Json> = {};
  // What is altered or deleted is nobody else's.
  const own = options.fresh === true || effect?.kind === 'update' || effect?.kind === 'delete';
  for (const [side, parameter] of Object.entries(effect?.of ?? {})) {
    const subject = own ? await sources.fresh(side) : await sources.subject(side);
    const value = effect?.by === undefined ? subject.id : subject.value[effect.by];
    path[parameter] = value ?? subject.id;
  }
  for (const parameter of operation.parameters) {
    if (!parameter.required || (parameter.in === 'path' && parameter.name in path)) continue;
    const values = { path, query, header, cookie: header }[parameter.in];
    values[parameter.name] = valueFor(parameter, sources);
  }
  const body = await bodyFor(operation, options, sources);
  return { path, query, header, ...(body === undefined ? {} : { body }) };
}

async function bodyFor(operation: Operation, options: ValidOptions, sources: ValidSources): Promise<Json | undefined> {
  const { effect, requestBody } = operation;
  if (requestBody === undefined) return undefined;
  const base = await baseBody(operation, options, sources);
  let body: Json = base;
  for (const [side, pointer] of Object.entries(effect?.each ?? {})) {
    const names: Json[] = [];
    for (let index = 0; index < (options.count ?? 1); index += 1) names.push((await sources.subject(side, index)).name);
    body = editJson(body, { kind: 'set', pointer, value: names });
  }
  return isObject(body) ? { ...body, ...options.body } : body;
}

async function baseBody(operation: Operation, options: ValidOptions, sources: ValidSources): Promise<Json> {
  const { effect, requestBody } = operation;
  const schema = requestBody?.content[0]?.schema ?? {};
  const optional = options.full === true ? 'all' : 'required';
  const sampled = sources.sample(schema, optional);
  const whole = options.full === true && isObject(sampled) ? sampled : {};
  if (effect?.kind === 'create') return sources.creation(effect.target, whole);
  if (effect?.kind === 'update') return sources.update(operation, effect.target, whole);
  return sampled;
}

function valueFor({ example, schema }: Parameter, { sample }: ValidSources): Json {
  return example ?? schema.default ?? sample(schema, 'required');
}
