import type { Contract, Json, JsonObject, Operation } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { propertiesOf, shapeOf } from '../../arbitraries/schema-shape.js';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Violation } from '../../finding.js';
import { keyOfNew, readingOf } from '../../lookup/resource-operations.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest, noValues } from '../../target/request.js';

const RUNS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 2, exhaustive: 8 };

export const createdIsRead: Check = {
  id: 'created-is-read',
  family: 'state',
  title: 'What was created is read back',
  description:
    'Creates something with few and with all properties, then reads it. The answer and what is read must show the ' +
    'properties that were sent, as far as they are documented to be shown, and say the same.',
  applies: (operation, contract) =>
    operation.effect?.kind === 'create' && readingOf(operation.effect.target, contract) !== undefined,
  requests: (_operation, _contract, depth) => RUNS[depth] * 2,
  async run(operation, context) {
    for (let run = 0; run < RUNS[context.depth]; run += 1) await createAndRead(operation, run % 2 === 1, context);
  },
};

async function createAndRead(operation: Operation, full: boolean, context: CheckContext): Promise<void> {
  const target = operation.effect?.target ?? '';
  const reading = readingOf(target, context.contract);
  const values = await context.fixtures.valid(operation, { full });
  const created = await context.send(buildRequest(operation, values));
  context.report(...context.judge(created, { kind: 'success' }));
  const id = keyOfNew(target, created, context.contract);
  if (reading === undefined || !succeeded(created) || id === undefined) return;
  const [parameter = ''] = Object.values(reading.effect?.of ?? {});
  const read = await context.send(buildRequest(reading, { ...noValues, path: { [parameter]: id } }));
  context.report(...context.judge(read, { kind: 'success' }));
  const sent = isObject(values.body) ? values.body : {};
  context.report(
    ...differences(operation, sent, created, [], context),
    ...differences(reading, sent, read, [created], context),
  );
}

/** Properties that were sent, that the answer's schema has, and that the answer shows otherwise or not at all. */
function differences(
  operation: Operation,
  sent: JsonObject,
  exchange: Exchange,
  before: readonly Exchange[],
  { contract }: CheckContext,
): readonly Violation[] {
  const shown = exchange.response.json;
  if (!succeeded(exchange) || !isObject(shown)) return [];
  const declared = shownProperties(operation, exchange, contract);
  return Object.entries(sent)
    .filter(([name, value]) => declared.includes(name) && !shows(shown[name], value))
    .map(([name, value]) => ({
      cause: `property ${name} is not what was sent`,
      expected: `${name}: ${JSON.stringify(value)}`,
      actual: `${name}: ${JSON.stringify(shown[name]) ?? 'absent'}`,
      evidence: contract.evidenceAt(operation.effect?.pointer ?? operation.pointer),
      exchange,
      before,
    }));
}

function shownProperties(operation: Operation, { response }: Exchange, contract: Contract): readonly string[] {
  const documented = operation.responses.find(({ status }) => status === String(response.status));
  const properties = propertiesOf(shapeOf(contract, documented?.content[0]?.schema ?? {}));
  return Object.keys(properties).filter((name) => contract.valueOf(properties[name] ?? {}) === undefined);
}

/** Whether a value shows what was sent: objects may have more besides, texts may differ in case as addresses do. */
function shows(shown: Json | undefined, sent: Json): boolean {
  if (typeof sent === 'string') return typeof shown === 'string' && shown.toLowerCase() === sent.toLowerCase();
  if (Array.isArray(sent)) {
    return (
      Array.isArray(shown) && shown.length === sent.length && sent.every((each, index) => shows(shown[index], each))
    );
  }
  if (!isObject(sent)) return shown === sent;
  return isObject(shown) && Object.entries(sent).every(([name, value]) => shows(shown[name], value));
}
