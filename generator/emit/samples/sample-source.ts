import type { Contract, Json, Operation, Parameter } from '../../../contract/contract.js';
import { objectOr } from '../../../contract/json/json-value.js';
import { isObject, splitPointer } from '../../../contract/pointer.js';
import { isSecretName } from '../../../contract/secrets/secret-name.js';
import { type Credential, credentialsOf } from '../../client/credentials.js';
import type { ClientMethod } from '../../client/method.js';
import { idExamples } from './id-examples.js';
import { mapTexts, marked } from './placeholder.js';
import { named, placeholderOfKey, placeholderOfParameter, placeholderOfQuery } from './placeholder-names.js';
import type { Placeholder } from './sample.js';
import { type SampleRequest, sampleRequest } from './sample-request.js';
import { sampleServer } from './sample-server.js';

/** What a sample sends, with placeholders in its texts. The languages only write it down. */
export interface SampleSource {
  readonly method: ClientMethod;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly request: SampleRequest;
  /** Which ids the client takes as numbers: in the request, all are texts with marks. */
  readonly numericIds: readonly boolean[];
  readonly credentials: readonly MarkedCredential[];
  readonly placeholders: readonly Placeholder[];
  readonly sdks: Contract['sdks'];
}

/** A credential with the mark that stands for its value. */
export interface MarkedCredential extends Credential {
  readonly mark: string;
}

export function sampleSource(contract: Contract, method: ClientMethod): SampleSource {
  const { operation } = method;
  const needed = credentialsOf(contract, operation);
  const names = new Names(
    needed.flatMap(({ option, placeholder }) => (option ?? []).filter((name) => name !== placeholder)),
  );
  const { origin, placeholders, host } = sampleServer(contract, operation);
  for (const { name, description, example } of placeholders) names.mark(name, description, example);
  const credentials = needed.map((credential) => ({
    ...credential,
    mark: names.mark(credential.placeholder, describeCredential(credential, operation), ''),
  }));
  const request = sampleRequest(contract, method);
  const marking: Marking = { contract, operation, names, ...(host && { host }) };
  const marked: SampleRequest = {
    ...request,
    ids: request.ids.map((id, index) => markId(marking, id, method.ids[index]?.parameter)),
    query: request.query.map(([name, value]) => [name, markQuery(marking, name, value)] as const),
    ...(request.body && { body: { ...request.body, value: markBody(marking, request.body.value) } }),
  };
  const numericIds = request.ids.map((id) => typeof id === 'number');
  return { method, origin, request: marked, numericIds, credentials, placeholders: names.all(), sdks: contract.sdks };
}

interface Marking {
  readonly contract: Contract;
  readonly operation: Operation;
  readonly names: Names;
  readonly host?: { readonly example: string; readonly marked: string };
}

/** The placeholders of a sample in the order of their use; the same example of a name is the same placeholder. */
class Names {
  readonly #known = new Map<string, Placeholder>();
  readonly #reserved: ReadonlySet<string>;

  /** @param reserved - names that a credential declares besides its placeholder */
  constructor(reserved: readonly string[]) {
    this.#reserved = new Set(reserved);
  }

  /** The mark of a placeholder. A second value of a name gets a number: `ROLE_ID_2`. */
  mark(name: string, description: string, example: string): string {
    for (let count = 1; ; count += 1) {
      const numbered = count === 1 ? name : `${name}_${count}`;
      if (this.#reserved.has(numbered)) continue;
      const known = this.#known.get(numbered);
      if (known === undefined) this.#known.set(numbered, { name: numbered, description, example });
      if (known === undefined || known.example === example) return marked(numbered);
    }
  }

  all(): readonly Placeholder[] {
    return [...this.#known.values()];
  }
}

function describeCredential({ words }: Credential, { security }: Operation): string {
  if (words !== '') return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  const scopes = security.find((one) => !one.disputed)?.scopes ?? [];
  if (scopes.length === 0) return 'An access token.';
  return `An access token with ${scopes.map((scope) => `\`${scope}\``).join(' and ')}.`;
}

function markId({ contract, operation, names }: Marking, id: Json, parameter: Parameter | undefined): Json {
  if (parameter === undefined || typeof id === 'object') return id;
  const name = placeholderOfParameter(contract, operation, parameter);
  return names.mark(name, oneLine(parameter.description), String(id));
}

function markQuery({ contract, operation, names }: Marking, name: string, value: Json): Json {
  if (typeof value !== 'string') return value;
  const parameter = operation.parameters.find((one) => one.in === 'query' && one.name === name);
  const described = oneLine(parameter?.description ?? '');
  const known = placeholderOfQuery(contract, operation, name) ?? idExamples(contract).get(value)?.name;
  return known === undefined ? value : names.mark(known, described, value);
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ');
}

/** Ids, secrets and the host of the server. */
function markBody(marking: Marking, body: Json): Json {
  const { contract, operation, names, host } = marking;
  const listed = Object.entries(operation.effect?.each ?? {}).reduce<Json>(
    (value, [side, pointer]) => changeAt(value, splitPointer(pointer), (list) => markItems(marking, side, list)),
    body,
  );
  return mapTexts(listed, (text, property = '') => {
    const id = idExamples(contract).get(text);
    if (id !== undefined) return names.mark(id.name, id.description, text);
    if (isSecretName(property)) return names.mark(named(property), `The value of \`${property}\`.`, text);
    return host === undefined ? text : text.replaceAll(host.example, host.marked);
  });
}

function changeAt(value: Json, path: readonly string[], change: (value: Json) => Json): Json {
  const [name, ...rest] = path;
  if (name === undefined) return change(value);
  if (!isObject(value) || !Object.hasOwn(value, name)) return value;
  return { ...value, [name]: changeAt(objectOr(value)[name] ?? null, rest, change) };
}

/** The items that a list in the body names: by their keys, or by objects with their keys. */
function markItems({ contract, names }: Marking, side: string, list: Json): Json {
  const { key = '', inside } = contract.resources.get(side) ?? {};
  const keys = inside === undefined ? [key] : Object.keys(inside.key);
  const markKey = (value: Json, property: string): Json =>
    typeof value === 'string'
      ? names.mark(placeholderOfKey(contract, side, property), describeKey(contract, side, property), value)
      : value;
  const markEntry = (entry: Json): Json => {
    if (!isObject(entry)) return markKey(entry, key);
    return Object.fromEntries(
      Object.entries(entry).map(([name, value]) => [name, keys.includes(name) ? markKey(value, name) : value]),
    );
  };
  return Array.isArray(list) ? list.map(markEntry) : markEntry(list);
}

function describeKey(contract: Contract, side: string, property: string): string {
  const place = contract.resources.get(side)?.inside?.key[property];
  const of = place?.of === 'parent' ? (contract.resources.get(side)?.inside?.parent ?? side) : side;
  return `The \`${place?.property ?? property}\` of the ${of.replaceAll('-', ' ')}.`;
}
