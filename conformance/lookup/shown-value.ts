import type { Contract, Json, JsonObject, Operation, Schema } from '../../contract/contract.js';
import { isDerived } from '../../contract/is-derived.js';
import { answeredSchema, sentSchema } from '../../contract/item-envelope.js';
import { isObject } from '../../contract/pointer.js';
import { SchemaValidator } from '../../contract/schema/schema-validator.js';
import { isSecretName } from '../../contract/secrets/secret-name.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';
import { bodyMedia } from '../target/request-body.js';
import { responseFor } from './response-for.js';

/**
 * The properties that documented responses show as the client wrote them: not those that the server writes, nor those
 * from other resources, nor those that one of the responses omits because of the value of another property.
 *
 * @param sent - what a request gave: left out are a value that no answer may show in that form, and a property that the
 * request does not declare, such as one of an example
 */
export function clientProperties(
  operation: Operation,
  responses: readonly { readonly status: number; readonly json?: Json | undefined }[],
  contract: Contract,
  sent?: SentItem,
): readonly string[] {
  const grants = contract.resources.get(operation.effect?.target ?? '')?.grants;
  const grantsAll = responses.some(
    ({ json }) => isObject(json) && grants?.all !== undefined && json[grants.all] === true,
  );
  const shown = shownProperties(operation, responses[0]?.status ?? 200, contract);
  const derived = isDerived(contract, operation.effect?.target);
  const validator = SchemaValidator.of(contract, { allErrors: false, direction: 'answer' });
  const declared = sent === undefined ? () => true : declaredBy(sent.operation, contract);
  const isShown = (name: string): boolean => {
    const value = sent !== undefined && Object.hasOwn(sent.item, name) ? sent.item[name] : undefined;
    if (value !== undefined && !declared(name)) return false;
    // A null has several ways to be shown, as far as the contract says what is stored.
    if (value === undefined || (value === null && !derived)) return true;
    return validator.fits(shown[name] ?? {}, value);
  };
  return writtenNames(shown, contract).filter((name) => !(grantsAll && name === grants?.scopes) && isShown(name));
}

/** The item that a request gave. */
export interface SentItem {
  readonly operation: Operation;
  readonly item: JsonObject;
}

/**
 * Whether the body of a request declares a property of its item, and not as one that the server writes. A body that
 * declares none says nothing of any.
 */
function declaredBy(operation: Operation, contract: Contract): (name: string) => boolean {
  const schema = sentSchema(contract, operation.effect, bodyMedia(operation)?.schema ?? {});
  const forms = [shapeOf(contract, schema), ...branchesOf(schema, contract)];
  const declared = forms.flatMap((each) => Object.entries(propertiesOf(each)));
  const sent = declared.filter(([, property]) => shapeOf(contract, property).readOnly !== true);
  const names = new Set(sent.map(([name]) => name));
  return (name) => declared.length === 0 || names.has(name);
}

/** The same of each entry of a listing. */
export function entryProperties(operation: Operation, status: number, contract: Contract): readonly string[] {
  const items = listShown(operation, status, contract).items;
  return isObject(items) ? writtenNames(propertiesOf(shapeOf(contract, items)), contract) : [];
}

/** The most entries that an answer of a listing may have. */
export function mostEntriesShown(operation: Operation, status: number, contract: Contract): number {
  const { maxItems } = listShown(operation, status, contract);
  return typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY;
}

/** The schema of the list that a listing shows; empty where it shows none. */
function listShown(operation: Operation, status: number, contract: Contract): Schema {
  const whole = responseFor(operation, status)?.content[0]?.schema ?? {};
  const lists = branchesOf(whole, contract).flatMap((branch) => {
    const list = operation.effect?.as === undefined ? undefined : propertiesOf(branch)[operation.effect.as];
    return branch.type === 'array' ? [branch] : list === undefined ? [] : [shapeOf(contract, list)];
  });
  return lists[0] ?? {};
}

/** A schema, or the alternatives that it consists of. */
function branchesOf(schema: Schema, contract: Contract): readonly Schema[] {
  const shape = shapeOf(contract, schema);
  const branches = [shape.oneOf, shape.anyOf].flatMap((list) => (Array.isArray(list) ? list : [])).filter(isObject);
  return branches.length === 0 ? [shape] : branches.map((branch) => shapeOf(contract, branch));
}

function writtenNames(properties: Readonly<Record<string, Schema>>, contract: Contract): readonly string[] {
  return Object.entries(properties)
    .filter(([, property]) => contract.valueOf(property) === undefined && contract.resolve(property).writeOnly !== true)
    .map(([name]) => name);
}

/** The properties that are removed together with a property (`x-update`). */
export function removedWith(operation: Operation, status: number, name: string, contract: Contract): readonly string[] {
  const property = shownProperties(operation, status, contract)[name];
  const written = property?.['x-update'];
  const words: readonly Json[] = Array.isArray(written) ? written : written === undefined ? [] : [written];
  return words.flatMap((word) => (isObject(word) && typeof word.removes === 'string' ? [word.removes] : []));
}

/** The properties of the item that an operation shows. */
export function shownProperties(
  operation: Operation,
  status: number,
  contract: Contract,
): Readonly<Record<string, Schema>> {
  const schema: Schema = responseFor(operation, status)?.content[0]?.schema ?? {};
  return propertiesOf(shapeOf(contract, answeredSchema(contract, operation.effect, schema)));
}

/**
 * Whether a response shows a value that was sent. A null may be shown as null, not at all, or as an empty list; an
 * empty object not at all; objects
 * may have further properties since providers merge them; texts may differ in case, as emails do; times may be shown in
 * another time zone.
 */
export function showsValue(shown: Json | undefined, sent: Json): boolean {
  if (sent === null) return shown === null || shown === undefined || (Array.isArray(shown) && shown.length === 0);
  if (typeof sent === 'string') {
    return typeof shown === 'string' && (shown.toLowerCase() === sent.toLowerCase() || isSameInstant(shown, sent));
  }
  if (Array.isArray(sent)) {
    return (
      Array.isArray(shown) &&
      shown.length === sent.length &&
      sent.every((each: Json, index) => showsValue(shown[index], each))
    );
  }
  if (!isObject(sent)) return shown === sent;
  if (Object.keys(sent).length === 0 && shown === undefined) return true;
  return isObject(shown) && Object.entries(sent).every(([name, value]) => showsValue(shown[name], value));
}

/** The same for properties of what an operation shows, by their schemas. */
export function shownByProperty(
  operation: Operation,
  status: number,
  contract: Contract,
): (name: string, shown: Json | undefined, sent: Json) => boolean {
  const properties = shownProperties(operation, status, contract);
  const derived = isDerived(contract, operation.effect?.target);
  return (name, shown, given) => {
    if (derived && isSecret(name, shapeOf(contract, properties[name] ?? {})) && isHidden(shown)) return true;
    const sent = shownPart(contract, properties[name] ?? {}, given);
    if (showsValue(shown, sent)) return true;
    const isDecimal = shapeOf(contract, properties[name] ?? {}).format === 'decimal';
    const decimal = isDecimal ? decimalOf(sent) : undefined;
    return decimal !== undefined && decimalOf(shown) === decimal;
  };
}

/** Whether a property holds a secret, by its name or its format. */
function isSecret(name: string, { format }: Schema): boolean {
  return isSecretName(name) || format === 'password';
}

/** Whether an answer hides a secret: it has none, or characters that stand for those of a text, `***` or `••••1234`. */
function isHidden(shown: Json | undefined): boolean {
  return (shown ?? '') === '' || (typeof shown === 'string' && MASK.test(shown));
}

const MASK = /([*\u2022\u25CF])\1{2}|^[Xx]{3,}$/;

/** A value without what a schema never shows: a secret of a nested object. */
function shownPart(contract: Contract, schema: Schema, value: Json): Json {
  const forms = [shapeOf(contract, schema), ...branchesOf(schema, contract)];
  if (Array.isArray(value)) {
    const items = forms.map((form) => form.items).find(isObject) ?? {};
    return value.map((entry: Json) => shownPart(contract, items, entry));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
    const [declared = {}, ...others] = forms
      .map((form) => propertiesOf(form)[name])
      .filter((each) => each !== undefined);
    const isUnseen = [declared, ...others].some((each) => shapeOf(contract, each).writeOnly === true);
    return isUnseen ? [] : [[name, shownPart(contract, declared, inner)]];
  });
  return Object.fromEntries(entries);
}

/**
 * What a creation showed, without texts that the client did not send and that a later answer leaves out: an API key is
 * shown once.
 *
 * @param shown - the later answer
 * @param sent - what the client sent
 */
export function withoutShownOnce(created: Json, shown: Json | undefined, sent: Json | undefined): Json | undefined {
  if (typeof created === 'string') return sent === undefined && (shown ?? null) === null ? undefined : created;
  if (!isObject(created) || !isObject(shown)) return created;
  const entries = Object.entries(created).flatMap(([name, inner]): [string, Json][] => {
    const kept = withoutShownOnce(inner, shown[name], isObject(sent) ? sent[name] : undefined);
    return kept === undefined ? [] : [[name, kept]];
  });
  return Object.fromEntries(entries);
}

/** A decimal number in one spelling: servers write it with the digits that they store. */
function decimalOf(value: Json | undefined): string | undefined {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(?=\.?\d)(\d*)\.?(\d*)$/.exec(String(value)) ?? [];
  if (whole === '' && fraction === '') return undefined;
  const digits = `${whole.replace(/^0+/, '')}.${fraction.replace(/0+$/, '')}`;
  return `${sign === '-' && digits !== '.' ? '-' : ''}${digits}`;
}

/** A `date-time` of RFC 3339: its date and time to the second, fractions, and the zone. */
const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/i;

/** Whether two texts are times and name the same instant. Fractions of any length are compared. */
function isSameInstant(one: string, other: string): boolean {
  const [a, b] = [DATE_TIME.exec(one), DATE_TIME.exec(other)];
  if (a === null || b === null) return false;
  const secondsOf = ([, time, , zone]: RegExpExecArray): number => Date.parse(`${time}${zone}`);
  const fractionOf = ([, , fraction = '']: RegExpExecArray): string => fraction.replace(/0+$/, '');
  return secondsOf(a) === secondsOf(b) && fractionOf(a) === fractionOf(b);
}
