import type { Json, JsonObject, Operation } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import { entriesOf } from '../../lookup/listings/entries.js';
import { queryParameter } from '../../lookup/listings/page-walk.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { listedValues } from '../../trial/listed-values.js';

export const fieldsShown: Check = {
  id: 'fields-shown',
  family: 'state',
  title: 'Only the requested properties are shown',
  description:
    'Requests one property through the parameter that selects properties, two of them, one beside totals, and all but one ' +
    'where the parameter can exclude. The response must have exactly those, and what the contract always shows.',
  appliesTo: 'reads and listings with a parameter that selects properties',
  applies: (operation) => queryParameter(operation, 'fields') !== undefined && operation.method === 'GET',
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 5),
  async run(operation, context) {
    const { values } =
      operation.effect?.kind === 'list'
        ? await listedValues(context, 1)
        : { values: await context.fixtures.valid(operation) };
    const fields = queryParameter(operation, 'fields')?.name ?? '';
    const include = queryParameter(operation, 'include-fields')?.name;
    const whole = await read(values, {}, context);
    const shown = Object.keys(whole.shown ?? {});
    const always = shown.filter((name) => alwaysShown(operation).includes(name));
    const [first, ...others] = shown.filter((name) => !always.includes(name));
    if (first === undefined || others.length === 0) {
      return context.missed('selected properties', 'No entry has several properties.');
    }
    const besides = always.length === 0 ? '' : ` besides ${always.join(', ')}`;
    const only = { names: [first, ...always], what: `only ${first}${besides}` };
    judgeFields(await read(values, { [fields]: first }, context), only, context);
    await judgeTogether({ values, first, others, always }, context);
    if (include === undefined) return;
    const excluding = await read(values, { [fields]: first, [include]: false }, context);
    judgeFields(excluding, { names: [...others, ...always], what: `all but ${first}` }, context);
  },
};

interface Selection {
  readonly values: RequestValues;
  readonly first: string;
  readonly others: readonly string[];
  readonly always: readonly string[];
}

/** Two properties at once, and one beside totals. */
async function judgeTogether({ values, first, others, always }: Selection, context: CheckContext): Promise<void> {
  const parameter = queryParameter(context.operation, 'fields');
  const totals = queryParameter(context.operation, 'totals')?.name;
  const [second] = others;
  if (parameter === undefined || second === undefined) return;
  const both = { names: [first, second, ...always], what: `only ${[first, second, ...always].join(', ')}` };
  const value = parameter.schema.type === 'array' ? [first, second] : `${first},${second}`;
  judgeFields(await read(values, { [parameter.name]: value }, context), both, context);
  if (totals === undefined) return;
  const one = { names: [first, ...always], what: `only ${[first, ...always].join(', ')}, beside totals` };
  judgeFields(await read(values, { [parameter.name]: first, [totals]: true }, context), one, context);
}

function alwaysShown({ parameters }: Operation): readonly string[] {
  return parameters.flatMap(({ query }) => (query?.kind === 'fields' ? query.always : []));
}

interface ReadEntry {
  readonly exchange: Exchange;
  /** The resource, or the first entry of a listing; absent where there is none. */
  readonly shown: JsonObject | undefined;
}

async function read(values: RequestValues, query: JsonObject, context: CheckContext): Promise<ReadEntry> {
  const { operation } = context;
  const exchange = await context.send(buildRequest(operation, { ...values, query: { ...values.query, ...query } }));
  context.report(...context.judge(exchange, { kind: 'success' }));
  return { exchange, shown: succeeded(exchange) ? firstOf(operation, exchange.response.json) : undefined };
}

function firstOf(operation: Operation, body: Json | undefined): JsonObject | undefined {
  if (operation.effect?.kind !== 'list') return isObject(body) ? body : undefined;
  return entriesOf(operation, body).find(isObject);
}

function judgeFields(
  { exchange, shown }: ReadEntry,
  { names, what }: { readonly names: readonly string[]; readonly what: string },
  { contract, operation, report }: CheckContext,
): void {
  if (shown === undefined || Object.keys(shown).sort().join() === [...names].sort().join()) return;
  const selection = what.startsWith('all') ? 'all but the excluded one' : 'the requested one';
  report({
    cause: `the properties shown are not ${selection}`,
    expected: what,
    actual: Object.keys(shown).join(', ') || 'none',
    evidence: contract.evidenceAt(queryParameter(operation, 'fields')?.pointer ?? operation.pointer),
    exchange,
  });
}
