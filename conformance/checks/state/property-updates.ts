import type { Contract, Json, JsonObject, Operation, Schema } from '../../../contract/contract.js';
import { isDerived } from '../../../contract/is-derived.js';
import { sentItem, sentSchema } from '../../../contract/item-envelope.js';
import { getPointer, isObject, joinPointer } from '../../../contract/pointer.js';
import { discriminatorOf, withFirstChild } from '../../../contract/schema/child-schemas.js';
import { freeTexts, LONG_TEXT, type TextProperty } from '../../arbitraries/free-texts.js';
import { nullablePlaces } from '../../arbitraries/nullable-place.js';
import { numberOf, propertiesOf, requiredOf, shapeOf } from '../../arbitraries/schema-shape.js';
import { sampleValue } from '../../arbitraries/valid-value.js';
import type { Check } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import { fitsRequest } from '../../fixtures/fitting-value.js';
import { readOperation } from '../../lookup/resource-operations.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import type { RequestValues } from '../../target/request.js';
import { bodyMedia } from '../../target/request-body.js';
import { MAP_REQUESTS, mapProperties, tryMap } from '../../trial/map-updates.js';
import { type Update, UpdateTrial } from '../../trial/update-trial.js';

/** Texts that servers alter on their way: taken for other types, split, trimmed, or re-encoded. */
const TEXTS: readonly string[] = [
  'null',
  'true',
  '007',
  'a,b',
  ' between spaces ',
  'ünïcödé 名前 😀',
  'two\nlines, <b>tags</b> & more',
  // Some take it for nothing.
  '',
];

export const propertyUpdates: Check = {
  id: 'property-updates',
  family: 'state',
  title: 'An update of one property leaves the others alone',
  description:
    'Updates a resource one property at a time: to a value, to null where the schema allows it, and a text to texts that ' +
    'servers tend to alter; a map of entries, to others, which must replace it or be merged with it. After each update a read must show that value, a null as null, as an empty list or not at all, ' +
    'and all other properties as before. An optional property that every update needs is reported, too.',
  appliesTo: 'updates of resources that can be read',
  applies: (operation, contract) =>
    operation.effect?.kind === 'update' &&
    // A derived effect does not say what happens to the properties that are not sent.
    !isDerived(contract, operation.effect.target) &&
    readOperation(operation.effect.target, contract) !== undefined &&
    updatedProperties(operation, contract).length > 0,
  requests: (operation, contract, depth) => {
    if (depth === 'smoke') return 0;
    const texts = textProperty(operation, contract) === undefined ? 0 : TEXTS.length + 1;
    const nulls = nullablePlaces(contract, itemSchemaOf(operation, contract)).length;
    const maps = mapProperties(updatedProperties(operation, contract), contract).length;
    return 1 + (updatedProperties(operation, contract).length + texts) * 2 + nulls * 4 + maps * MAP_REQUESTS;
  },
  async run(operation, context) {
    const reading = readOperation(operation.effect?.target ?? '', context.contract);
    if (reading === undefined) return;
    const values = await context.fixtures.valid(operation, { full: true });
    const trial = new UpdateTrial({ operation, reading, values }, context);
    await trial.begin();
    const alone: UpdateAlone[] = [];
    for (const [name, value] of valuesToSet(operation, values, context.contract)) {
      const update = { at: joinPointer('', name), value };
      const updated = await trial.set(update);
      if (updated !== undefined) alone.push({ name, update, updated });
    }
    context.report(...(await neededByAll(alone, trial, operation, context.contract)));
    for (const { at, value } of nullablePlaces(context.contract, itemSchemaOf(operation, context.contract))) {
      await trial.set({ at, value: null });
      // What is required may follow from several properties that may be null: one at a time.
      await trial.set({ at, value: getPointer(itemOf(operation, values), at) ?? value });
    }
    for (const map of mapProperties(updatedProperties(operation, context.contract), context.contract))
      await tryMap(map, { trial, reading }, context);
    const text = textProperty(operation, context.contract);
    if (text === undefined) return;
    const texts = [...TEXTS, longText(text.schema)];
    for (const value of texts.filter((each) => fitsRequest(context.contract, text.schema, each))) {
      await trial.set({ at: joinPointer('', text.name), value, exact: true });
    }
  },
};

function schemaOf(operation: Operation): Schema {
  return bodyMedia(operation)?.schema ?? {};
}

/** Of the item in the body. */
function itemSchemaOf(operation: Operation, contract: Contract): Schema {
  return withFirstChild(contract, sentSchema(contract, operation.effect, schemaOf(operation)));
}

function itemOf({ effect }: Operation, { body }: RequestValues): JsonObject {
  const item = sentItem(effect, body);
  return isObject(item) ? item : {};
}

/** The properties that an update may set and a read shows; without foreign keys, and without what tells kinds apart. */
function updatedProperties(operation: Operation, contract: Contract): readonly (readonly [string, Schema])[] {
  const resource = contract.resources.get(operation.effect?.target ?? '');
  const foreign = (resource?.refers ?? []).map(({ property }) => property);
  const shape = shapeOf(contract, itemSchemaOf(operation, contract));
  const fixed = new Set([...foreign, discriminatorOf(shape)]);
  return Object.entries(propertiesOf(shape)).filter(([name, property]) => {
    const { readOnly, writeOnly } = contract.resolve(property);
    return readOnly !== true && writeOnly !== true && !fixed.has(name);
  });
}

/** One value for each property; of unique ones the marked value. */
function valuesToSet(
  operation: Operation,
  values: RequestValues,
  contract: Contract,
): readonly (readonly [string, Json])[] {
  const body = itemOf(operation, values);
  return updatedProperties(operation, contract).map(([name, schema]) => [
    name,
    body[name] ?? sampleValue(contract, schema, { forRequest: true, optional: 'all' }),
  ]);
}

/** A property that takes any text. */
function textProperty(operation: Operation, contract: Contract): TextProperty | undefined {
  const unique = contract.resources.get(operation.effect?.target ?? '')?.unique.flat() ?? [];
  return freeTexts(updatedProperties(operation, contract), contract).find(({ name }) => !unique.includes(name));
}

function longText(schema: Schema): string {
  const length = Math.min(LONG_TEXT, numberOf(schema.maxLength) ?? LONG_TEXT);
  return 'abcdefghij'.repeat(Math.ceil(length / 10)).slice(0, length);
}

/** An update of one property. */
interface UpdateAlone {
  readonly name: string;
  readonly update: Update;
  readonly updated: Exchange;
}

/** An optional property without which every update is refused, and with which at least one of them is accepted. */
async function neededByAll(
  alone: readonly UpdateAlone[],
  trial: UpdateTrial,
  operation: Operation,
  contract: Contract,
): Promise<readonly Violation[]> {
  const [needed, ...others] = alone.filter(({ updated }) => succeeded(updated));
  const refused = alone.filter(({ updated }) => isRefused(updated));
  if (needed === undefined || others.length > 0 || refused.length < 2) return [];
  const { name } = needed;
  if (requiredOf(shapeOf(contract, itemSchemaOf(operation, contract))).includes(name)) return [];
  for (const { update, updated } of refused) {
    // What is refused with the property, too, is refused for another reason.
    if (!(await trial.accepts([needed.update, update]))) continue;
    return [
      {
        cause: `updates without ${name} are refused`,
        expected: `${name} is optional in an update`,
        actual: `${refused.length} updates of another property alone are refused, the first with ${updated.response.status}`,
        evidence: contract.evidenceAt(operation.requestBody?.pointer ?? operation.pointer),
        exchange: updated,
      },
    ];
  }
  return [];
}

/** Whether the service refuses what was sent, not how often. */
function isRefused({ response: { status } }: Exchange): boolean {
  return status >= 400 && status < 500 && status !== 429;
}
