import type { Contract, Json, JsonObject, Operation } from '../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../contract/pointer.js';
import { readContract } from '../contract/read/read.js';
import { hiddenScopes, invalidAnyway, limitedByPattern, neverCaused, wantedAnyway } from './equivalent-mutants.js';

/** A contract with one change at one operation. A tenant runs it; verify judges by the original. */
export interface ContractMutant {
  readonly operation: string;
  /** What kind of change: `limit`, `scope`, `status`, `required`, `type`. */
  readonly kind: string;
  /** `users.roles.assign: body /roles/maxItems 50 becomes 51` */
  readonly title: string;
  /** Why no request can show the change; absent: one can. */
  readonly equivalent?: string;
  /** The changed contract. */
  readonly contract: () => Contract;
}

interface Change {
  readonly kind: string;
  readonly what: string;
  readonly equivalent?: string | undefined;
  /** Where, below the operation; or how to change it. */
  readonly edit: (operation: JsonObject) => void;
}

/** All mutants of a contract, operation by operation. */
export function contractMutants(contract: Contract): readonly ContractMutant[] {
  return contract.operations.flatMap((operation) =>
    changesOf(contract, operation).map(({ kind, what, equivalent, edit }) => ({
      operation: operation.id,
      kind,
      title: `${operation.id}: ${what}`,
      ...(equivalent === undefined ? {} : { equivalent }),
      contract: () => {
        const document = structuredClone(contract.document) as JsonObject;
        const place = getPointer(document, operation.pointer);
        if (!isObject(place)) throw new RangeError(`There is no operation at ${operation.pointer}.`);
        inline(place, document);
        edit(place);
        return readContract(document);
      },
    })),
  );
}

/** Copies what the operation refers to into it, so that a change there is of this operation alone. */
function inline(operation: JsonObject, document: JsonObject): void {
  const resolve = (value: Json): Json => {
    for (let current = value, hops = 0; hops < 9; hops += 1) {
      if (!isObject(current) || typeof current.$ref !== 'string') return current;
      current = structuredClone(getPointer(document, current.$ref.slice(1)) ?? null) as Json;
    }
    return value;
  };
  const target = operation as Record<string, Json>;
  if (target.requestBody !== undefined) target.requestBody = resolve(target.requestBody);
  if (Array.isArray(target.parameters)) target.parameters = target.parameters.map(resolve);
  const responses = target.responses;
  if (isObject(responses)) {
    target.responses = Object.fromEntries(Object.entries(responses).map(([code, given]) => [code, resolve(given)]));
  }
  for (const media of mediaOf(operation)) {
    media.schema = resolve(media.schema ?? {});
    const { schema } = media;
    const properties = isObject(schema) ? schema.properties : undefined;
    if (isObject(schema) && isObject(properties)) {
      media.schema = {
        ...schema,
        properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, resolve(property)])),
      };
    }
  }
}

function mediaOf(operation: JsonObject): readonly Record<string, Json>[] {
  const content = isObject(operation.requestBody) ? operation.requestBody.content : undefined;
  return isObject(content) ? (Object.values(content).filter(isObject) as Record<string, Json>[]) : [];
}

function changesOf(contract: Contract, operation: Operation): readonly Change[] {
  const original = structuredClone(getPointer(contract.document, operation.pointer) ?? null) as Json;
  if (!isObject(original)) return [];
  inline(original, contract.document);
  return [
    ...scopeChanges(operation),
    ...statusChanges(original, operation),
    ...parameterChanges(original, operation),
    ...bodyChanges(original, (name) => wantedAnyway(contract, operation, name)),
  ];
}

function scopeChanges({ security }: Operation): readonly Change[] {
  return security.flatMap((alternative, index): readonly Change[] => {
    const { scopes, scheme, disputed } = alternative;
    if (disputed || scopes.length === 0) return [];
    const at = (edit: (list: Json[]) => void) => (operation: JsonObject) => {
      if (Array.isArray(operation.security)) edit(operation.security as Json[]);
    };
    const [first = '', ...rest] = scopes;
    const becomes = (what: string, changed: readonly string[]): Change => ({
      kind: 'scope',
      what,
      equivalent: hiddenScopes(security, security.with(index, { ...alternative, scopes: changed })),
      edit: at((list) => {
        list[index] = { [scheme]: [...changed] };
      }),
    });
    return [
      becomes(`scope ${first} is not required`, rest),
      becomes(`scope ${first} becomes read:nothing`, ['read:nothing', ...rest]),
    ];
  });
}

/** Successes get another status, refusals too. */
const OTHER_STATUS: Readonly<Record<string, string>> = {
  200: '201',
  201: '200',
  204: '202',
  404: '410',
  409: '422',
  403: '405',
};

function statusChanges(original: JsonObject, operation: Operation): readonly Change[] {
  const responses = isObject(original.responses) ? original.responses : {};
  return Object.keys(responses).flatMap((code): readonly Change[] => {
    const other = OTHER_STATUS[code];
    if (other === undefined || other in responses) return [];
    return [
      {
        kind: 'status',
        what: `${code} becomes ${other}`,
        equivalent: neverCaused(operation, code),
        edit: (place) => {
          if (!isObject(place.responses)) return;
          const changed = Object.entries(place.responses).map(([name, value]) => [name === code ? other : name, value]);
          (place as Record<string, Json>).responses = Object.fromEntries(changed);
        },
      },
    ];
  });
}

/** Limits that are one more or one less. */
const LIMITS: Readonly<Record<string, number>> = {
  maximum: 1,
  minimum: -1,
  maxItems: 1,
  minItems: -1,
  maxLength: 1,
  minLength: -1,
};

function parameterChanges(operation: JsonObject, read: Operation): readonly Change[] {
  const parameters = Array.isArray(operation.parameters) ? operation.parameters : [];
  return parameters.flatMap((parameter: Json, index): readonly Change[] => {
    if (!isObject(parameter) || parameter.in !== 'query' || !isObject(parameter.schema)) return [];
    const named = read.parameters.find((each) => each.in === 'query' && each.name === parameter.name);
    const hidden = named && invalidAnyway(named, read);
    return limitChanges(parameter.schema, `query ${String(parameter.name)}`, (place, key, value) => {
      const changed = getPointer(place, joinPointer('', 'parameters', String(index), 'schema'));
      if (isObject(changed)) (changed as Record<string, Json>)[key] = value;
    }).map((change) => (hidden === undefined ? change : { ...change, equivalent: hidden }));
  });
}

type Write = (operation: JsonObject, key: string, value: Json) => void;

function limitChanges(schema: JsonObject, where: string, write: Write): readonly Change[] {
  return Object.entries(LIMITS).flatMap(([key, step]): readonly Change[] => {
    const limit = schema[key];
    if (typeof limit !== 'number' || limit + step < 0) return [];
    const tighter = limit - step;
    const by = (value: number): Change => ({
      kind: 'limit',
      what: `${where} ${key} ${limit} becomes ${value}`,
      equivalent: limitedByPattern(schema, { key, limit, value }),
      edit: (operation) => write(operation, key, value),
    });
    return tighter < 1 ? [by(limit + step)] : [by(limit + step), by(tighter)];
  });
}

function bodyChanges(operation: JsonObject, wanted: (name: string) => string | undefined): readonly Change[] {
  const [media] = mediaOf(operation);
  const schema = media?.schema;
  if (!isObject(schema) || !isObject(schema.properties)) return [];
  const inBody = (change: (schema: Record<string, Json>) => void) => (place: JsonObject) => {
    for (const one of mediaOf(place)) if (isObject(one.schema)) change(one.schema as Record<string, Json>);
  };
  const required = Array.isArray(schema.required) ? schema.required : [];
  const optional = Object.keys(schema.properties).filter((name) => !required.includes(name));
  return [
    ...required.map((name: Json) => ({
      kind: 'required',
      what: `body /${String(name)} is optional`,
      equivalent: wanted(String(name)),
      edit: inBody((changed) => {
        changed.required = required.filter((other: Json) => other !== name);
      }),
    })),
    ...optional.slice(0, 1).map((name) => ({
      kind: 'required',
      what: `body /${name} is required`,
      edit: inBody((changed) => {
        changed.required = [...required, name];
      }),
    })),
    ...(schema.additionalProperties === false
      ? [
          {
            kind: 'type',
            what: 'body takes any properties',
            edit: inBody((changed) => {
              changed.additionalProperties = true;
            }),
          },
        ]
      : []),
    ...Object.entries(schema.properties).flatMap(([name, property]) =>
      isObject(property) ? propertyChanges(name, property, inBody) : [],
    ),
  ];
}

function propertyChanges(
  name: string,
  property: JsonObject,
  inBody: (change: (schema: Record<string, Json>) => void) => (operation: JsonObject) => void,
): readonly Change[] {
  const inProperty = (change: (schema: Record<string, Json>) => void) =>
    inBody((schema) => {
      const place = isObject(schema.properties) ? schema.properties[name] : undefined;
      if (isObject(place)) change(place as Record<string, Json>);
    });
  return limitChanges(property, `body /${name}`, (operation, key, value) =>
    inProperty((place) => {
      place[key] = value;
    })(operation),
  );
}
