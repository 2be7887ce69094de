import { sideParameters } from '../../../contract/bound-sides.js';
import type { Cause, Contract, Operation } from '../../../contract/contract.js';
import { weaker } from '../../../contract/evidence.js';
import { isObject, joinPointer } from '../../../contract/pointer.js';
import { bodyEdges, type EdgeInput, parameterEdges } from '../../arbitraries/edge-input.js';
import { editJson } from '../../arbitraries/json-edit.js';
import type { Check, CheckContext } from '../../check.js';
import { fitsRequest } from '../../fixtures/fitting-value.js';
import { LARGEST_LIST, type ListLimit, listLimits, schemaPointer } from '../../lookup/list-limit.js';
import { refused } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { bodyMedia } from '../../target/request-body.js';
import { generalRule, isInvalid, refusalFor } from '../../trial/expected-refusal.js';
import { refusalTrial } from '../../trial/refusal-trial.js';

/** A text that means something may be refused for other reasons. */
const ONE_LETTER = generalRule('a text of one letter is accepted where the schema accepts it');

export const sizeLimits: Check = {
  id: 'size-limits',
  family: 'limits',
  title: 'Sizes are accepted up to their limit, and no further',
  description:
    'Sends texts, numbers and lists at their limits and one step inside, and lists of subjects one above theirs. Up to ' +
    'the limit the request must succeed; beyond, it must get the documented refusal and change nothing.',
  appliesTo: 'operations with limits on lists of subjects, texts or numbers',
  applies: (operation, contract) => listLimits(operation, contract).length > 0 || edgeCount(operation, contract) > 0,
  requests: (operation, contract, depth) =>
    depth === 'smoke' ? 0 : listLimits(operation, contract).length * 6 + edgeCount(operation, contract) * 2,
  async run(operation, context) {
    for (const limit of listLimits(operation, context.contract)) await tryList(operation, limit, context);
    const values = await context.fixtures.valid(operation, { full: true });
    const schema = bodyMedia(operation)?.schema;
    const body = isObject(values.body) ? values.body : {};
    const edges: readonly EdgeInput[] = [
      ...(schema
        ? bodyEdges(context.contract, schema, {
            body,
            pointer: schemaPointer(operation),
            kept: keptProperties(operation, context.contract),
          })
        : []),
      ...freeParameters(operation).flatMap((parameter) => parameterEdges(context.contract, parameter)),
    ];
    // Foreign keys name existing resources.
    const foreign = (context.contract.resources.get(operation.effect?.target ?? '')?.refers ?? []).map(({ property }) =>
      joinPointer('', property),
    );
    const free = edges.filter(({ part, at }) => part !== 'body' || !foreign.includes(at));
    for (const edge of free) await tryEdge(operation, edge, context);
    for (const edge of namingEdges(operation, context.contract)) await tryName(operation, edge, context);
  },
};

/** Texts at the limits of query parameters that name a subject. */
function namingEdges({ parameters, effect }: Operation, contract: Contract): readonly EdgeInput[] {
  const naming = effect === undefined ? [] : sideParameters(effect);
  return parameters
    .filter(({ in: place, name }) => place === 'query' && naming.includes(name))
    .flatMap((parameter) => parameterEdges(contract, parameter, { texts: true }));
}

/** A name that names nothing: the operation may say so, but must not call it malformed. */
async function tryName(operation: Operation, edge: EdgeInput, context: CheckContext): Promise<void> {
  const values = await context.fixtures.valid(operation);
  const query = { ...values.query, [edge.at]: edge.value };
  const exchange = await context.send(buildRequest(operation, { ...values, query }));
  context.reached(edge.pointer);
  const status = String(exchange.response.status);
  const hasCause = (matches: (cause: Cause) => boolean): boolean =>
    operation.responses.some(
      (response) => response.status === status && response.problems.some(({ when }) => matches(when)),
    );
  if (!hasCause(isInvalid('query')) || hasCause(({ kind }) => kind === 'unknown')) return;
  context.report({
    cause: `query ${edge.at} within ${edge.keyword}: status ${status}`,
    expected: `the response for an unknown name: ${edge.at} is within ${edge.keyword} ${edge.bound}`,
    actual: status,
    evidence: weaker(context.contract.evidenceAt(edge.pointer), ONE_LETTER),
    exchange,
  });
}

/** Query parameters except the page number, whose limit is the reach of the listing, and those that name a subject. */
function freeParameters({ parameters, effect }: Operation): Operation['parameters'] {
  const naming = effect === undefined ? [] : sideParameters(effect);
  return parameters.filter(
    ({ in: place, name, query }) => place === 'query' && query?.kind !== 'page' && !naming.includes(name),
  );
}

/** A text of one letter would lose the run's mark, and be a duplicate the second time. */
function keptProperties({ effect }: Operation, { resources }: Contract): ReadonlySet<string> {
  const resource = resources.get(effect?.target ?? '');
  return new Set(resource === undefined ? [] : [resource.key, ...resource.unique.flat()]);
}

/** About how many values at edges there are. */
function edgeCount(operation: Operation, contract: Contract): number {
  const schema = bodyMedia(operation)?.schema;
  const options = { body: {}, pointer: '', kept: keptProperties(operation, contract) };
  return [
    ...(schema === undefined ? [] : bodyEdges(contract, schema, options)),
    ...freeParameters(operation).flatMap((parameter) => parameterEdges(contract, parameter)),
    ...namingEdges(operation, contract),
  ].length;
}

async function tryList(operation: Operation, { max, list, pointer }: ListLimit, context: CheckContext): Promise<void> {
  if (max > LARGEST_LIST) {
    return context.missed(
      `${list} of ${max + 1}`,
      `It takes ${max + 1} subjects; at most ${LARGEST_LIST} are created.`,
      pointer,
    );
  }
  const evidence = context.contract.evidenceAt(pointer);
  for (const count of [max - 1, max].filter((size) => size > 0)) {
    const exchange = await context.send(
      buildRequest(operation, await context.fixtures.valid(operation, { count, fresh: true })),
    );
    const violations = context.judge(exchange, { kind: 'success' });
    // Only a refusal can be due to the size.
    if (!refused(exchange)) context.report(...violations);
    else
      context.report(
        ...violations.map((each) => ({
          ...each,
          cause: `${list} of ${max} or fewer: ${each.cause}`,
          evidence: weaker(each.evidence, evidence),
        })),
      );
  }
  const values = await context.fixtures.valid(operation, { count: max + 1, fresh: true });
  const expected = refusalFor(operation, isInvalid('body'), `body ${list} violates maxItems`);
  const { violations } = await refusalTrial(context, values).refused(buildRequest(operation, values), expected);
  context.report(...violations.map((each) => ({ ...each, evidence: weaker(each.evidence, evidence) })));
  context.reached(pointer);
}

async function tryEdge(operation: Operation, edge: EdgeInput, context: CheckContext): Promise<void> {
  const values = await context.fixtures.valid(operation, { full: true });
  const changed =
    edge.part === 'query'
      ? { ...values, query: { ...values.query, [edge.at]: edge.value } }
      : { ...values, body: editJson(values.body ?? {}, { kind: 'set', pointer: edge.at, value: edge.value }) };
  // Other keywords may forbid what one allows: an enum has no text of the greatest length.
  if (!isWithinAll(operation, edge, changed, context)) return;
  const exchange = await context.send(buildRequest(operation, changed));
  const stated = context.contract.evidenceAt(edge.pointer);
  const evidence = edge.keyword === 'minLength' ? weaker(stated, ONE_LETTER) : stated;
  const violations = context.judge(exchange, { kind: 'success' });
  context.reached(edge.pointer);
  if (!refused(exchange)) return context.report(...violations);
  context.report(
    ...violations.map((each) => ({
      ...each,
      cause: `${edge.part} ${edge.at} within ${edge.keyword}: ${each.cause}`,
      expected: `${each.expected}: ${edge.at} is within ${edge.keyword} ${edge.bound}`,
      evidence: weaker(each.evidence, evidence),
    })),
  );
}

function isWithinAll(
  operation: Operation,
  { part, at, value }: EdgeInput,
  { body }: RequestValues,
  { contract }: CheckContext,
): boolean {
  if (part === 'body') return fitsRequest(contract, bodyMedia(operation)?.schema ?? {}, body ?? {});
  const parameter = operation.parameters.find((each) => each.in === part && each.name === at);
  return parameter === undefined || fitsRequest(contract, parameter.schema, value);
}
