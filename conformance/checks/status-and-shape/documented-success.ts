import fc from 'fast-check';
import { sideParameters } from '../../../contract/bound-sides.js';
import type { Evidence, Json, Operation, Parameter } from '../../../contract/contract.js';
import { isJson } from '../../../contract/http/media-type.js';
import { answeredItem } from '../../../contract/item-envelope.js';
import { isObject } from '../../../contract/pointer.js';
import { withFirstChild } from '../../../contract/schema/child-schemas.js';
import { SchemaValidator } from '../../../contract/schema/schema-validator.js';
import { usualPages } from '../../../contract/usual-pages.js';
import { propertiesOf, requiredOf, shapeOf } from '../../arbitraries/schema-shape.js';
import { validValue } from '../../arbitraries/valid-value.js';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import { fitsRequest, fittingValue } from '../../fixtures/fitting-value.js';
import { namesInvented, unmetCondition } from '../../lookup/invented-names.js';
import { entryFields } from '../../lookup/listings/entry-fields.js';
import { MadeValues } from '../../lookup/made-values.js';
import { shownProperties } from '../../lookup/shown-value.js';
import { type Exchange, refused, succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';
import { bodyMedia } from '../../target/request-body.js';
import { judgeKept } from '../../trial/kept-since-creation.js';
import { otherRequestTypes, tryRequestType } from '../../trial/other-request-types.js';
import { aliasesOf, readByAliases } from '../../trial/read-by-aliases.js';

/** What varies between valid requests. */
interface Variation {
  readonly full: boolean;
  /** The number of entries in lists of subjects. */
  readonly count: number;
  readonly query: Readonly<Record<string, Json>>;
}

const RUNS: Readonly<Record<Depth, { readonly reading: number; readonly writing: number }>> = {
  smoke: { reading: 1, writing: 1 },
  standard: { reading: 12, writing: 6 },
  exhaustive: { reading: 60, writing: 25 },
};

export const documentedSuccess: Check = {
  id: 'documented-success',
  family: 'status-and-shape',
  title: 'Valid requests succeed as documented',
  description:
    'Sends valid requests, with only the required, with few and with all properties, list entries and query parameters, ' +
    'once in each other media type of the body, and with each other name of an item that the contract allows in the path. ' +
    'Each must get a documented success with the content type, headers and body that the contract gives for its status. A resource that is read must ' +
    'show its key, and what its creation showed.',
  appliesTo: 'operations with a documented 2xx or default response',
  applies: (operation) => successes(operation).length > 0,
  requests: (operation, contract, depth) =>
    runsOf(operation, depth) * (depth === 'smoke' ? 1 : 2) +
    otherRequestTypes(operation).length +
    (depth === 'smoke' ? 0 : aliasesOf(operation, contract).length),
  async run(operation, context) {
    const seen = new Set<number>();
    const causes = new Set<string>();
    const made = new MadeValues();
    await context.property(
      variations(operation, context),
      async (variation): Promise<readonly Violation[]> => {
        const { full, count } = variation;
        const values = await context.fixtures.valid(operation, { full, count });
        const query = { ...values.query, ...variation.query };
        const exchange = await context.send(buildRequest(operation, { ...values, query }));
        if (succeeded(exchange)) seen.add(exchange.response.status);
        const isRepeated = made.explain(context.contract, operation, exchange);
        made.learn(exchange);
        const unmet = isRepeated ? REPEATED : unmetCondition(context.contract, operation, exchange);
        if (unmet !== undefined) {
          context.observe(`${unmet}: ${exchange.response.status}`);
          return context.judge(exchange, { kind: 'documented' });
        }
        const judged = context.judge(exchange, { kind: 'success' });
        for (const { cause } of judged) causes.add(cause);
        return [...judged, ...(await judgeRead(exchange, query, context))];
      },
      { runs: runsOf(operation, context.depth), examples: [{ full: false, count: 1, query: {} }] },
    );
    for (const media of otherRequestTypes(operation)) {
      if (!namesInvented(operation)) context.report(...(await tryRequestType(media, context, causes)));
    }
    if (context.depth === 'smoke') return;
    await tryLeast(operation, context);
    await tryEmptyUpdate(operation, context);
    await readByAliases(operation, context);
    for (const { status, pointer } of successes(operation)) {
      if (seen.has(Number(status))) context.reached(pointer);
      else if (/^\d+$/.test(status)) {
        context.missed(`success ${status}`, 'No valid request got this status.', pointer);
      }
    }
  },
};

const REPEATED = 'the target may already have a value of the body, which nothing says to be unique';

/** An update may be refused for changing nothing, whatever its schema says. */
const EMPTY_UPDATE: Evidence = { grade: 'inferred', source: 'an empty update is accepted where the schema accepts it' };

/** An update that names no property, where the schema allows that. */
async function tryEmptyUpdate(operation: Operation, context: CheckContext): Promise<void> {
  const media = bodyMedia(operation);
  if (operation.effect?.kind !== 'update' || media === undefined || !isJson(media.type)) return;
  if (!fitsRequest(context.contract, media.schema, {})) return;
  const values = await context.fixtures.valid(operation);
  const exchange = await context.send(buildRequest(operation, { ...values, body: {} }));
  const violations = context.judge(exchange, { kind: 'success' });
  const isRefused = refused(exchange) && exchange.refusedInBody !== true;
  context.report(
    ...violations.map((each) =>
      isRefused ? { ...each, cause: `an empty update: ${each.cause}`, evidence: EMPTY_UPDATE } : each,
    ),
  );
}

/** A create with nothing in its body but what the schema requires and what makes it unique. */
async function tryLeast(operation: Operation, context: CheckContext): Promise<void> {
  const { contract, fixtures } = context;
  const media = bodyMedia(operation);
  const schema = media && withFirstChild(contract, media.schema);
  const resource = contract.resources.get(operation.effect?.target ?? '');
  if (schema === undefined || resource === undefined || operation.effect?.kind !== 'create') return;
  const values = await fixtures.valid(operation, { full: false, count: 1 });
  if (!isObject(values.body)) return;
  const kept = new Set([resource.key, ...resource.unique.flat(), ...requiredOf(shapeOf(contract, schema))]);
  const body = Object.fromEntries(Object.entries(values.body).filter(([name]) => kept.has(name)));
  if (Object.keys(body).length === Object.keys(values.body).length || !fitsRequest(contract, schema, body)) return;
  const exchange = await context.send(buildRequest(operation, { ...values, body }));
  context.report(...context.judge(exchange, { kind: 'success' }));
}

/** What was read by its key must show that key, and what it was created with; unless only some properties were requested. */
async function judgeRead(
  exchange: Exchange,
  query: Readonly<Record<string, Json>>,
  context: CheckContext,
): Promise<readonly Violation[]> {
  const { operation, contract, fixtures } = context;
  const { effect, parameters } = operation;
  const { status } = exchange.response;
  const json = answeredItem(effect, exchange.response.json);
  if (effect?.kind !== 'read' || effect.by !== undefined || !succeeded(exchange) || !isObject(json)) return [];
  const resource = contract.resources.get(effect.target);
  const named = exchange.request.values?.path[effect.of[effect.target] ?? ''];
  const isPartial = parameters.some(({ name, query: role }) => role?.kind === 'fields' && name in query);
  if (resource === undefined || resource.inside !== undefined || named === undefined || isPartial) return [];
  const isShown = resource.key in shownProperties(operation, status, contract);
  const evidence = contract.evidenceAt(effect.pointer);
  if (isShown && String(json[resource.key]) !== String(named)) {
    const cause = `the answer does not show the ${resource.key} that was read`;
    const actual = `${resource.key}: ${JSON.stringify(json[resource.key]) ?? 'absent'}`;
    return [{ code: 'BODY_SCHEMA', cause, expected: `${resource.key}: ${String(named)}`, actual, evidence, exchange }];
  }
  // Nothing says what an optional parameter of a derived reading leaves out, such as `?hydrate=false`.
  const isChosen = parameters.some(({ in: place, name, required }) => place === 'query' && !required && name in query);
  if (resource.derived === true && isChosen) return [];
  return judgeKept(exchange, json, await fixtures.subject(effect.target), context);
}

function successes(operation: Operation): Operation['responses'] {
  return operation.responses.filter(({ status }) => /^2|^default$/i.test(status));
}

function runsOf(operation: Operation, depth: Depth): number {
  const { reading, writing } = RUNS[depth];
  // A provider-specific operation may cost more than a request: a token, at a real tenant.
  if (operation.effect?.on === 'hook') return Math.min(2, writing);
  return operation.method === 'GET' ? reading : writing;
}

function variations(operation: Operation, context: CheckContext): fc.Arbitrary<Variation> {
  const query = Object.fromEntries(
    operation.parameters
      .filter((parameter) => parameter.in === 'query' && isFree(parameter, context))
      .map((parameter) => [parameter.name, parameterValue(parameter, context)]),
  );
  return fc.record({
    full: fc.boolean(),
    count: fc.integer({ min: 1, max: mostEntries(operation, context) }),
    query: fc.record(query, { requiredKeys: [] }).map(given),
  });
}

/** Whether any value of the parameter's schema is valid: not a cursor, an existing id, or a text with a syntax of its own. */
function isFree(parameter: Parameter, context: CheckContext): boolean {
  const { effect } = context.operation;
  if (effect !== undefined && sideParameters(effect).includes(parameter.name)) return false;
  if (parameter.query) return parameter.query.kind !== 'cursor';
  const { type, enum: values } = shapeOf(context.contract, parameter.schema);
  return (
    values !== undefined || type === 'integer' || type === 'boolean' || exampleOf(parameter, context) !== undefined
  );
}

/** The example, unless it contradicts its own schema. */
function exampleOf({ example, schema }: Parameter, { contract }: CheckContext): Json | undefined {
  const validator = SchemaValidator.of(contract, { allErrors: false, direction: 'request' });
  return example !== undefined && validator.fits(schema, example) ? example : undefined;
}

/** Later pages may be beyond the reach of a listing. */
const LAST_PAGE = 9;

function parameterValue(parameter: Parameter, context: CheckContext): fc.Arbitrary<Json> {
  const { schema, query } = parameter;
  const paging = usualPages(context.operation);
  // Nothing says what a page beyond the last one gets.
  if (paging?.by === 'number' && paging.parameter === parameter) return fc.constant(paging.first);
  if (query?.kind === 'page') return fc.integer({ min: 0, max: LAST_PAGE });
  if (query?.kind === 'fields') return fieldsOf(context);
  const { type, enum: values } = shapeOf(context.contract, schema);
  const example = exampleOf(parameter, context);
  if (type === 'string' && values === undefined && example !== undefined) return fc.constant(example);
  const usual = validValue(context.contract, schema, { forRequest: true, optional: 'some' });
  const fallback = example ?? fittingValue(context.contract, schema, { optional: 'required', seed: 1 });
  return usual.map((value) => (fitsRequest(context.contract, schema, value) ? value : (fallback ?? value)));
}

/** Comma-separated names of properties of the operation's entries. */
function fieldsOf({ contract, operation }: CheckContext): fc.Arbitrary<string> {
  const names = [...entryFields(operation, contract)];
  return fc.subarray(names, { minLength: Math.min(1, names.length) }).map((chosen) => chosen.join(','));
}

function mostEntries(operation: Operation, { contract, depth }: CheckContext): number {
  if (depth === 'smoke' || operation.requestBody === undefined) return 1;
  const body = bodyMedia(operation);
  const shape = body ? shapeOf(contract, body.schema) : {};
  const sizes = Object.values(propertiesOf(shape)).map((property) => shapeOf(contract, property).maxItems);
  return Math.min(3, ...sizes.filter((size) => typeof size === 'number'));
}

function given(query: Readonly<Record<string, Json | undefined>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
