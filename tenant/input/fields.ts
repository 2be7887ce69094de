import type { Contract, Encoding, Json, JsonObject, MediaType, Schema } from '../../contract/contract.js';
import type { NamedPart, Part } from '../../contract/http/form-data.js';
import { listSeparator } from '../../contract/http/list-separator.js';
import { bareMediaType, isJson } from '../../contract/http/media-type.js';
import { partEncoding, partSchema } from '../../contract/http/multipart-parts.js';
import { valueOfText } from '../../contract/http/text-value.js';
import { isSchema, propertiesOf } from '../view/properties.js';
import { MAX_DEPTH } from './depth.js';
import { entriesOf } from './entries.js';
import { encodedValueOf, parseQuery } from './query-string.js';
import { jsonOf, kindOf } from './text-kind.js';

/** Texts by name, in the order in which they were sent. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** How properties are written, by name. */
type Encodings = NonNullable<MediaType['encoding']>;

/** A tree of texts: `a[b][]=1` is `{a: {b: {'': ['1']}}}`. */
interface Branch {
  readonly texts: string[];
  readonly branches: Map<string, Branch>;
}

/**
 * The object that the fields of a form or of a multipart body make: texts have the types of their schemas, `a[b]` is a
 * property of `a`, `a[]` and `a[0]` are entries.
 *
 * @param encoding - of the media type
 */
export function objectOfFields(contract: Contract, schema: Schema, fields: Fields, encoding: Encodings): JsonObject {
  const root: Branch = { texts: [], branches: new Map() };
  const declared = propertiesOf(contract, schema);
  for (const [name, texts] of fields) {
    // A property whose own name has brackets.
    const path = declared.has(name) ? [name] : pathOf(name);
    let branch = root;
    for (const step of path) {
      const next = branch.branches.get(step) ?? { texts: [], branches: new Map() };
      branch.branches.set(step, next);
      branch = next;
    }
    // A text may have more entries than a call can have arguments.
    for (const text of texts) branch.texts.push(text);
  }
  return Object.fromEntries(
    [...root.branches].map(([name, branch]) => {
      const given = Object.hasOwn(encoding, name) ? encoding[name] : undefined;
      const separator = separatorOf(given);
      const property = declared.get(name) ?? {};
      if (isJsonText(given) && branch.branches.size === 0) return [name, jsonOf(branch.texts.at(-1) ?? '')];
      return [name, valueOfBranch(contract, property, separator === undefined ? branch : split(branch, separator))];
    }),
  );
}

/**
 * The same for a form as it was sent; undefined if its percent-encoding is malformed.
 *
 * @param encoding - of the media type
 */
export function objectOfForm(
  contract: Contract,
  schema: Schema,
  form: string,
  encoding: Encodings,
): JsonObject | undefined {
  const fields = parseQuery(form);
  if (fields === undefined) return undefined;
  const entries = new Map(fields);
  const exploded: Record<string, Encoding> = { ...encoding };
  for (const [name, given] of Object.entries(encoding)) {
    const separator = separatorOf(given);
    const [text, ...more] = fields.get(name) ?? [];
    if (separator === undefined || text === undefined || more.length > 0 || isJsonText(given)) continue;
    entries.set(name, entriesOf(text, separator, encodedValueOf(form, name)));
    exploded[name] = { ...given, style: 'form', explode: true };
  }
  return objectOfFields(contract, schema, entries, exploded);
}

/**
 * The object that the parts of a multipart body make: parts of one name are the entries of a list, and parts of JSON are
 * values.
 */
export function objectOfParts(
  contract: Contract,
  schema: Schema,
  parts: readonly NamedPart[],
  encoding: Encodings,
): JsonObject {
  const texts = new Map<string, string[]>();
  const values = new Map<string, Json[]>();
  for (const { name, text, headers } of parts) {
    const type = headers.get('content-type');
    if (type === undefined || !isJson(bareMediaType(type))) append(texts, name, text);
    else append(values, name, jsonOf(text));
  }
  const declared = propertiesOf(contract, schema);
  const whole = [...values].map(([name, list]): [string, Json] => {
    const isList = kindOf(contract, declared.get(name) ?? {}) === 'array';
    const [only] = list;
    return [name, list.length > 1 || (isList && !Array.isArray(only)) ? list : (only ?? null)];
  });
  return { ...objectOfFields(contract, schema, texts, encoding), ...Object.fromEntries(whole) };
}

function append<T>(lists: Map<string, T[]>, name: string, entry: T): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [entry]);
  else list.push(entry);
}

/** The list that parts without names make: parts of JSON are values, texts have the types of their schemas. */
export function listOfParts(contract: Contract, media: MediaType, parts: readonly Part[]): readonly Json[] {
  return parts.map(({ text, headers }, index) => {
    const schema = partSchema(contract, media, index);
    const { contentType } = (media.parts && partEncoding(media.parts, index)) ?? {};
    const type = headers.get('content-type') ?? contentType ?? '';
    return isJson(bareMediaType(type)) ? jsonOf(text) : valueOfText(contract, schema, [text]);
  });
}

function isJsonText(encoding: Encoding | undefined): boolean {
  return encoding?.contentType !== undefined && isJson(bareMediaType(encoding.contentType));
}

/** What sets the entries of a list in one text apart; undefined if each has a field of its own. */
function separatorOf(encoding: Encoding | undefined): string | undefined {
  const { style = 'form', explode = style === 'form' } = encoding ?? {};
  if (explode || style === 'deepObject') return undefined;
  return listSeparator(style);
}

function split({ texts, branches }: Branch, separator: string): Branch {
  return { texts: texts.flatMap((text) => text.split(separator)), branches };
}

/** `a[b][]` is `['a', 'b', '']`. */
function pathOf(name: string): readonly string[] {
  // Deeper names are names of their own, which no schema has.
  if (name.split('[').length > MAX_DEPTH) return [name];
  const [, head = name, rest = ''] = /^([^[]+)((?:\[[^\]]*\])+)$/.exec(name) ?? [];
  return [head, ...[...rest.matchAll(/\[([^\]]*)\]/g)].map(([, step = '']) => step)];
}

function valueOfBranch(contract: Contract, schema: Schema, { texts, branches }: Branch): Json {
  const resolved = contract.resolve(schema);
  const items = isSchema(resolved.items) ? resolved.items : {};
  const keys = [...branches.keys()];
  if (keys.length === 0) {
    const kind = kindOf(contract, schema);
    const text = texts.at(-1) ?? '';
    if (kind === 'object') return text === '' ? valueOfText(contract, schema, texts) : jsonOf(text);
    if (kind === 'array' && kindOf(contract, items) !== 'other') return texts.map(jsonOf);
    return valueOfText(contract, schema, texts);
  }
  if (keys.every((key) => /^\d*$/.test(key))) {
    return [...branches].flatMap(([key, branch]) =>
      key === '' && branch.branches.size === 0
        ? branch.texts.map((text) => valueOfText(contract, items, [text]))
        : [valueOfBranch(contract, items, branch)],
    );
  }
  const declared = propertiesOf(contract, schema);
  const others = isSchema(resolved.additionalProperties) ? resolved.additionalProperties : {};
  return Object.fromEntries(
    [...branches].map(([key, branch]) => [key, valueOfBranch(contract, declared.get(key) ?? others, branch)]),
  );
}
