import type { Contract, Json, JsonObject, Operation } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { propertiesOf, shapeOf } from '../../arbitraries/schema-shape.js';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Violation } from '../../finding.js';
import { createdKey, readOperation, readRequest } from '../../lookup/resource-operations.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';

const RUNS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 2, exhaustive: 8 };

export const createdIsRead: Check = {
  id: 'created-is-read',
  family: 'state',
  title: 'A created resource is read as it was sent',
  description:
    'Creates a resource with few and with all properties, then reads it. Both responses must show the properties that were ' +
    'sent, as far as the contract documents that they are shown, with the same values.',
  appliesTo: 'creates of resources that can be read',
  applies: (operation, contract) =>
    operation.effect?.kind === 'create' && readOperation(operation.effect.target, contract) !== undefined,
  requests: (_operation, _contract, depth) => RUNS[depth] * 2,
  async run(operation, context) {
    for (let run = 0; run < RUNS[context.depth]; run += 1) await createAndRead(operation, run % 2 === 1, context);
  },
};

async function createAndRead(operation: Operation, full: boolean, context: CheckContext): Promise<void> {
  const target = operation.effect?.target ?? '';
  const reading = readOperation(target, context.contract);
  const values = await context.fixtures.valid(operation, { full });
  const created = await context.send(buildRequest(operation, values));
  context.report(...context.judge(created, { kind: 'success' }));
  const key = createdKey(target, created, context.contract);
  if (reading === undefined || !succeeded(created) || key === undefined) return;
  const read = await context.send(readRequest(reading, key));
  context.report(...context.judge(read, { kind: 'success' }));
  const sent = isObject(values.body) ? values.body : {};
  const evidence = context.contract.evidenceAt(operation.effect?.pointer ?? operation.pointer);
  for (const [shownBy, exchange, before] of [
    [operation, created, []],
    [reading, read, [created]],
  ] as const) {
    const differences = differencesFrom(sent, exchange, shownProperties(shownBy, exchange, context.contract));
    context.report(...differences.map((difference) => ({ ...difference, evidence, before })));
  }
}

/** The sent properties that the response should show and does not show with the same value. */
function differencesFrom(
  sent: JsonObject,
  exchange: Exchange,
  shown: readonly string[],
): readonly Omit<Violation, 'evidence'>[] {
  const { json } = exchange.response;
  if (!succeeded(exchange) || !isObject(json)) return [];
  return Object.entries(sent)
    .filter(([name, value]) => shown.includes(name) && !isShown(json[name], value))
    .map(([name, value]) => ({
      cause: `property ${name} is not what was sent`,
      expected: `${name}: ${JSON.stringify(value)}`,
      actual: `${name}: ${JSON.stringify(json[name]) ?? 'absent'}`,
      exchange,
    }));
}

/** The properties that the documented response shows as the client wrote them. */
function shownProperties(operation: Operation, { response }: Exchange, contract: Contract): readonly string[] {
  const documented = operation.responses.find(({ status }) => status === String(response.status));
  const properties = propertiesOf(shapeOf(contract, documented?.content[0]?.schema ?? {}));
  return Object.keys(properties).filter((name) => contract.valueOf(properties[name] ?? {}) === undefined);
}

/** Whether a value is the one that was sent: objects may have more properties, texts may differ in case, as emails do. */
function isShown(shown: Json | undefined, sent: Json): boolean {
  if (typeof sent === 'string') return typeof shown === 'string' && shown.toLowerCase() === sent.toLowerCase();
  if (Array.isArray(sent)) {
    return (
      Array.isArray(shown) && shown.length === sent.length && sent.every((each, index) => isShown(shown[index], each))
    );
  }
  if (!isObject(sent)) return shown === sent;
  return isObject(shown) && Object.entries(sent).every(([name, value]) => isShown(shown[name], value));
}
