import type { Contract, Json, JsonObject, Operation } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { propertiesOf, shapeOf } from '../../arbitraries/schema-shape.js';
import type { Check, CheckContext } from '../../check.js';
import type { Violation } from '../../finding.js';
import { readingOf } from '../../lookup/resource-operations.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest, noValues } from '../../target/request.js';

export const updatedIsRead: Check = {
  id: 'updated-is-read',
  family: 'state',
  title: 'An update changes what it names, and nothing else',
  description:
    'Reads something, updates some of its properties and reads it again: the properties that were sent must have changed, ' +
    'all others must be as before.',
  applies: (operation, contract) =>
    operation.effect?.kind === 'update' && readingOf(operation.effect.target, contract) !== undefined,
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 6),
  async run(operation, context) {
    const reading = readingOf(operation.effect?.target ?? '', context.contract);
    if (reading === undefined) return;
    for (const full of [false, true]) await updateAndRead(operation, reading, full, context);
  },
};

async function updateAndRead(
  operation: Operation,
  reading: Operation,
  full: boolean,
  context: CheckContext,
): Promise<void> {
  const values = await context.fixtures.valid(operation, { full });
  const [id] = Object.values(operation.effect?.of ?? {}).map((parameter) => values.path[parameter]);
  const [parameter = ''] = Object.values(reading.effect?.of ?? {});
  const look = (): Promise<Exchange> =>
    context.send(buildRequest(reading, { ...noValues, path: { [parameter]: id ?? '' } }));
  const before = await look();
  const updated = await context.send(buildRequest(operation, values));
  context.report(...context.judge(updated, { kind: 'success' }));
  if (!succeeded(updated) || !succeeded(before)) return;
  const now = await look();
  context.report(...context.judge(now, { kind: 'success' }));
  if (succeeded(now))
    context.report(...differences(operation, reading, values.body, { before, updated, now }, context.contract));
}

interface Looks {
  readonly before: Exchange;
  readonly updated: Exchange;
  readonly now: Exchange;
}

function differences(
  operation: Operation,
  reading: Operation,
  body: Json | undefined,
  { before, updated, now }: Looks,
  contract: Contract,
): readonly Violation[] {
  const then = before.response.json;
  const shown = now.response.json;
  if (!isObject(then) || !isObject(shown) || !isObject(body)) return [];
  const free = freeProperties(reading, then, contract);
  return (
    free
      // Null takes a property away: it may show as null, or not at all.
      .filter((name) => !isSame(shown[name] ?? null, wanted(name, body, then) ?? null))
      .map((name) => ({
        cause: name in body ? `property ${name} was not updated` : `property ${name} changed although it was not sent`,
        expected: `${name}: ${JSON.stringify(wanted(name, body, then)) ?? 'absent'}`,
        actual: `${name}: ${JSON.stringify(shown[name]) ?? 'absent'}`,
        evidence: contract.evidenceAt(operation.effect?.pointer ?? operation.pointer),
        exchange: now,
        before: [before, updated],
      }))
  );
}

/** Objects are laid over what is there, as far as it goes: a provider may merge them or replace them. */
function wanted(name: string, body: JsonObject, then: JsonObject): Json | undefined {
  return name in body ? body[name] : then[name];
}

/** The properties that only a request changes: not the ones that the server writes, nor what it joins from elsewhere. */
function freeProperties(reading: Operation, then: JsonObject, contract: Contract): readonly string[] {
  const success = reading.responses.find(({ status }) => status.startsWith('2'));
  const properties = propertiesOf(shapeOf(contract, success?.content[0]?.schema ?? {}));
  return Object.keys({ ...properties, ...then }).filter((name) => {
    const schema = properties[name];
    return (
      schema !== undefined && contract.valueOf(schema) === undefined && contract.resolve(schema).writeOnly !== true
    );
  });
}

function isSame(shown: Json | undefined, expected: Json | undefined): boolean {
  if (isObject(expected) && isObject(shown))
    return Object.entries(expected).every(([name, value]) => isSame(shown[name], value));
  if (typeof expected === 'string' && typeof shown === 'string') return shown.toLowerCase() === expected.toLowerCase();
  return JSON.stringify(shown) === JSON.stringify(expected);
}
