import type { Contract, Json, JsonObject, Operation, Schema } from '../../../contract/contract.js';
import { isDerived } from '../../../contract/is-derived.js';
import { answeredItem, sentItem, sentSchema } from '../../../contract/item-envelope.js';
import { isObject, joinPointer } from '../../../contract/pointer.js';
import { breakBody } from '../../arbitraries/break-body.js';
import { freeTexts } from '../../arbitraries/free-texts.js';
import { editJson } from '../../arbitraries/json-edit.js';
import { type NullablePlace, nullablePlaces } from '../../arbitraries/nullable-place.js';
import { propertiesOf, requiredOf, shapeOf } from '../../arbitraries/schema-shape.js';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import { fitsRequest } from '../../fixtures/fitting-value.js';
import { namesInPath } from '../../lookup/path-names.js';
import { createdKey, readOperation, readRequest } from '../../lookup/resource-operations.js';
import { clientProperties, shownByProperty } from '../../lookup/shown-value.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { bodyMedia } from '../../target/request-body.js';
import { shownBesides } from '../../trial/shown-besides.js';

const RUNS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 2, exhaustive: 8 };

export const createdIsRead: Check = {
  id: 'created-is-read',
  family: 'state',
  title: 'A created resource is read as it was sent',
  description:
    'Creates a resource with few and with all properties, with texts that servers tend to alter, and with a null wherever the ' +
    'schema allows it, then reads it. No response may show a property that is only written. Both responses must show the properties that were sent, as far as the contract documents that they are shown, with the ' +
    'same values; a null as null, as an empty list or not at all.',
  appliesTo: 'creates of resources that can be read',
  applies: (operation, contract) =>
    operation.effect?.kind === 'create' && readOperation(operation.effect.target, contract) !== undefined,
  requests: (operation, contract, depth) => {
    const texts = depth === 'smoke' || textNames(operation, contract).length === 0 ? 0 : TEXTS.length;
    return (RUNS[depth] + texts + nullsOf(operation, contract, depth).length) * 2;
  },
  async run(operation, context) {
    for (let run = 0; run < RUNS[context.depth]; run += 1) {
      const values = await context.fixtures.valid(operation, { full: run % 2 === 1 });
      await createAndRead(operation, values, context);
    }
    if (context.depth !== 'smoke') await createWithTexts(operation, context);
    for (const { at } of nullsOf(operation, context.contract, context.depth)) {
      const values = await context.fixtures.valid(operation);
      const edit = { kind: 'set', pointer: at, value: null } as const;
      const body = breakBody(context.contract, bodySchema(operation), values.body ?? {}, edit);
      const created = await createAndRead(operation, { ...values, body }, context, 'documented');
      if (!succeeded(created)) context.observe(`null for ${at} is refused with ${created.response.status}`);
    }
  },
};

/** Texts that servers re-encode, escape, or take for numbers. */
const TEXTS: readonly string[] = ['ünïcödé 名前 😀 <b>&</b>', '007'];

/** The most properties that have one of them. */
const MOST_TEXTS = 2;

/** Optional properties of a creation that take any text: what is required may have the mark of the run. */
function textNames(operation: Operation, contract: Contract): readonly string[] {
  if (isDerived(contract, operation.effect?.target)) return [];
  const resource = contract.resources.get(operation.effect?.target ?? '');
  const shape = shapeOf(contract, sentSchema(contract, operation.effect, bodySchema(operation)));
  const taken = new Set([
    ...requiredOf(shape),
    ...(resource?.unique.flat() ?? []),
    ...(resource?.refers ?? []).map(({ property }) => property),
  ]);
  return freeTexts(Object.entries(propertiesOf(shape)), contract)
    .filter(({ name, schema }) => !taken.has(name) && schema.writeOnly !== true && schema.readOnly !== true)
    .map(({ name }) => name);
}

/** Creations with each of the texts. */
async function createWithTexts(operation: Operation, context: CheckContext): Promise<void> {
  const names = textNames(operation, context.contract).slice(0, MOST_TEXTS);
  for (const text of names.length === 0 ? [] : TEXTS) {
    const given = await context.fixtures.valid(operation);
    const body = names.reduce<Json>((edited, name) => {
      const pointer = joinPointer('', ...[operation.effect?.within ?? []].flat(), name);
      return editJson(edited, { kind: 'set', pointer, value: text });
    }, given.body ?? {});
    if (fitsRequest(context.contract, bodySchema(operation), body))
      await createAndRead(operation, { ...given, body }, context, 'documented');
  }
}

function bodySchema(operation: Operation): Schema {
  return bodyMedia(operation)?.schema ?? {};
}

/** The places for nulls that are tried. */
function nullsOf(operation: Operation, contract: Contract, depth: Depth): readonly NullablePlace[] {
  return depth === 'smoke' ? [] : nullablePlaces(contract, bodySchema(operation));
}

async function createAndRead(
  operation: Operation,
  values: RequestValues,
  context: CheckContext,
  expected: 'success' | 'documented' = 'success',
): Promise<Exchange> {
  const target = operation.effect?.target ?? '';
  const reading = readOperation(target, context.contract);
  const created = await context.send(buildRequest(operation, values));
  context.report(...context.judge(created, { kind: expected }));
  const key = createdKey(target, created, context.contract);
  if (reading === undefined || !succeeded(created) || key === undefined) return created;
  const read = await context.send(
    readRequest(context.contract, reading, { ...namesInPath(operation, values), [target]: key }),
  );
  context.report(...context.judge(read, { kind: 'success' }));
  const given = sentItem(operation.effect, values.body);
  const sent = isObject(given) ? given : {};
  const evidence = context.contract.evidenceAt(operation.effect?.pointer ?? operation.pointer);
  for (const [shownBy, exchange, before] of [
    [operation, created, []],
    [reading, read, [created]],
  ] as const) {
    const { contract } = context;
    const { response } = exchange;
    const differences = differencesFrom(sent, exchange, {
      names: clientProperties(shownBy, [response], contract, { operation, item: sent }),
      shows: shownByProperty(shownBy, response.status, contract),
    });
    context.report(...differences.map((difference) => ({ ...difference, evidence, before })));
    const besides = shownBesides({ operation, sent, exchange }, contract);
    context.report(...besides.map((each) => ({ ...each, before })));
  }
  return created;
}

interface ShownProperties {
  /** Those that the response should show as they were sent. */
  readonly names: readonly string[];
  readonly shows: ReturnType<typeof shownByProperty>;
}

/** The sent properties that the response should show and does not show with the same value. */
function differencesFrom(
  sent: JsonObject,
  exchange: Exchange,
  { names, shows }: ShownProperties,
): readonly Omit<Violation, 'evidence'>[] {
  const json = answeredItem(exchange.request.operation?.effect, exchange.response.json);
  if (!succeeded(exchange) || !isObject(json)) return [];
  return Object.entries(sent)
    .filter(([name, value]) => names.includes(name) && !shows(name, json[name], value))
    .map(([name, value]) => ({
      cause: `property ${name} is not what was sent`,
      expected: `${name}: ${JSON.stringify(value)}`,
      actual: `${name}: ${JSON.stringify(json[name]) ?? 'absent'}`,
      exchange,
    }));
}
