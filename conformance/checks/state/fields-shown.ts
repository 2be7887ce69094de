import type { Json, JsonObject, Operation } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import { entriesOf } from '../../lookup/listing.js';
import { queryParameter } from '../../lookup/page-walk.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { listedValues } from '../../trial/listed-values.js';

export const fieldsShown: Check = {
  id: 'fields-shown',
  family: 'state',
  title: 'Only the properties that were asked for are shown',
  description:
    'Asks for one property of something by the parameter that chooses properties, and for all but one where that can be ' +
    'asked. What is shown must have exactly those.',
  applies: (operation) => queryParameter(operation, 'fields') !== undefined && operation.method === 'GET',
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 3),
  async run(operation, context) {
    const { values } =
      operation.effect?.kind === 'list'
        ? await listedValues(context, 1)
        : { values: await context.fixtures.valid(operation) };
    const fields = queryParameter(operation, 'fields')?.name ?? '';
    const included = queryParameter(operation, 'include-fields')?.name;
    const whole = await look(operation, values, {}, context);
    const [first, ...others] = Object.keys(whole ?? {});
    if (whole === undefined || first === undefined || others.length === 0) {
      return context.missed('chosen properties', 'Nothing is listed that has several properties.');
    }
    await judgeShown(operation, values, { [fields]: first }, [first], `only ${first}`, context);
    if (included)
      await judgeShown(operation, values, { [fields]: first, [included]: false }, others, `all but ${first}`, context);
  },
};

async function look(
  operation: Operation,
  values: RequestValues,
  query: JsonObject,
  context: CheckContext,
): Promise<JsonObject | undefined> {
  const exchange = await context.send(buildRequest(operation, { ...values, query: { ...values.query, ...query } }));
  context.report(...context.judge(exchange, { kind: 'success' }));
  return succeeded(exchange) ? firstOf(operation, exchange.response.json) : undefined;
}

function firstOf(operation: Operation, body: Json | undefined): JsonObject | undefined {
  if (operation.effect?.kind !== 'list') return isObject(body) ? body : undefined;
  return entriesOf(operation, body).find(isObject);
}

async function judgeShown(
  operation: Operation,
  values: RequestValues,
  query: JsonObject,
  names: readonly string[],
  what: string,
  context: CheckContext,
): Promise<void> {
  const exchange = await context.send(buildRequest(operation, { ...values, query: { ...values.query, ...query } }));
  context.report(...context.judge(exchange, { kind: 'success' }));
  const shown = succeeded(exchange) ? firstOf(operation, exchange.response.json) : undefined;
  if (shown === undefined || Object.keys(shown).sort().join() === [...names].sort().join()) return;
  context.report({
    cause: `the properties shown are not ${what.startsWith('all') ? 'all but the one named' : 'the one named'}`,
    expected: what,
    actual: Object.keys(shown).join(', ') || 'none',
    evidence: context.contract.evidenceAt(queryParameter(operation, 'fields')?.pointer ?? operation.pointer),
    exchange,
  });
}
