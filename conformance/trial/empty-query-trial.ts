import type { Contract, Evidence, Operation, Parameter } from '../../contract/contract.js';
import { weaker } from '../../contract/evidence.js';
import { joinPointer } from '../../contract/pointer.js';
import { numberOf, shapeOf, typesOf } from '../arbitraries/schema-shape.js';
import type { CheckContext } from '../check.js';
import { entriesOf } from '../lookup/listings/entries.js';
import { buildRequest, type RequestValues } from '../target/request.js';
import { isInvalid, refusalFor } from './expected-refusal.js';

/** Servers differ in whether an empty parameter counts as absent. */
const EMPTY: Evidence = { grade: 'inferred', source: 'an empty parameter is absent or too short, but no value' };

/** Query parameters whose texts must not be empty. */
export function neverEmpty({ parameters }: Operation, contract: Contract): readonly Parameter[] {
  return parameters.filter(({ in: place, schema }) => {
    const shape = shapeOf(contract, schema);
    return place === 'query' && (numberOf(shape.minLength) ?? 0) > 0 && typesOf(shape).includes('string');
  });
}

/**
 * Sends each of them empty. A required one must be refused: it is absent, or too short. Another one may be ignored, but
 * must not select nothing as if the empty text were a value.
 */
export async function tryEmptyQueries(context: CheckContext): Promise<void> {
  const { operation, contract } = context;
  const values = await context.fixtures.valid(operation);
  for (const parameter of neverEmpty(operation, contract)) {
    const evidence = weaker(contract.evidenceAt(joinPointer(parameter.pointer, 'schema', 'minLength')), EMPTY);
    if (parameter.required) await tryRequired(parameter, values, { context, evidence });
    else await tryOptional(parameter, values, { context, evidence });
  }
}

interface Tools {
  readonly context: CheckContext;
  readonly evidence: Evidence;
}

async function tryRequired({ name }: Parameter, values: RequestValues, { context, evidence }: Tools): Promise<void> {
  const { operation } = context;
  const exchange = await context.send(buildRequest(operation, { ...values, query: { ...values.query, [name]: '' } }));
  const violations = context.judge(exchange, refusalFor(operation, isInvalid('query'), `query ${name} is empty`));
  context.report(...violations.map((each) => ({ ...each, evidence: weaker(each.evidence, evidence) })));
}

async function tryOptional({ name }: Parameter, values: RequestValues, { context, evidence }: Tools): Promise<void> {
  const { operation, fixtures } = context;
  const { effect } = operation;
  // Something to select.
  if (effect?.kind === 'list' && effect.on === 'resource') await fixtures.subject(effect.target);
  const without = await context.send(buildRequest(operation, values));
  const shown = entriesOf(operation, without.response.json).length;
  const exchange = await context.send(buildRequest(operation, { ...values, query: { ...values.query, [name]: '' } }));
  context.report(...context.judge(exchange, { kind: 'documented' }));
  if (exchange.response.status >= 300 || shown === 0 || entriesOf(operation, exchange.response.json).length > 0) return;
  context.report({
    cause: `query ${name}: an empty text selects nothing`,
    expected: `a refusal, or ${shown} entries as without ${name}`,
    actual: 'no entries',
    evidence,
    exchange,
    before: [without],
  });
}
