import { sideParameters } from '../../../contract/bound-sides.js';
import type { Cause, Contract, Evidence, Mention, Operation } from '../../../contract/contract.js';
import { weaker } from '../../../contract/evidence.js';
import { isJson } from '../../../contract/http/media-type.js';
import { isDerived } from '../../../contract/is-derived.js';
import { listOr } from '../../../contract/json/json-value.js';
import { isObject, joinPointer, splitPointer } from '../../../contract/pointer.js';
import { bareName } from '../../../contract/text/bare-name.js';
import { PAGING_NAMES } from '../../../contract/usual-pages.js';
import { bodyEdges, type EdgeInput, parameterEdges } from '../../arbitraries/edge-input.js';
import { editJson } from '../../arbitraries/json-edit.js';
import { namingBodyEdges } from '../../arbitraries/naming-edges.js';
import { numberOf, shapeOf } from '../../arbitraries/schema-shape.js';
import type { Check, CheckContext } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import { fitsRequest } from '../../fixtures/fitting-value.js';
import { unmetCondition } from '../../lookup/invented-names.js';
import { LARGEST_LIST, type ListLimit, listLimits, schemaPointer } from '../../lookup/list-limit.js';
import { entryFields, fieldsOfLength } from '../../lookup/listings/entry-fields.js';
import { valuesNaming } from '../../lookup/path-names.js';
import { secretPointersOfOthers } from '../../lookup/secret-places.js';
import { type Exchange, refused } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { bodyMedia } from '../../target/request-body.js';
import { isInvalid, refusalFor } from '../../trial/expected-refusal.js';
import { refusalTrial } from '../../trial/refusal-trial.js';

/** Longer ones are not tried: servers limit the length of a URL. */
const LONGEST_FIELDS = 2000;

const REPEATED: Evidence = { grade: 'inferred', source: 'a list of fields may repeat a name' };

/** A text that means something may be refused for other reasons. */
const ONE_LETTER: Evidence = {
  grade: 'inferred',
  source: 'a text of one letter is accepted where the schema accepts it',
};

/** Entries of a list may have to name something. */
const MADE_UP: Evidence = { grade: 'inferred', source: 'a list of made-up entries is accepted as a short one is' };

/** A name is well formed where its schema says so, whatever it names. */
const NAME: Evidence = { grade: 'inferred', source: 'what names nothing is unknown, not malformed' };

export const sizeLimits: Check = {
  id: 'size-limits',
  family: 'limits',
  title: 'Sizes are accepted up to their limit, and no further',
  description:
    'Sends texts, numbers and lists at their limits and one step inside, and lists of subjects one above theirs. Up to ' +
    'the limit the request must succeed; beyond, it must get the documented refusal and change nothing. What names ' +
    'something may be unknown, but must not be called malformed.',
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
    const left = [
      ...foreignPointers(operation, context.contract),
      ...secretPointersOfOthers(context.contract, operation),
    ];
    const free = edges.filter(({ part, at }) => part !== 'body' || !left.includes(at));
    for (const edge of free) await tryEdge(operation, edge, context);
    for (const edge of namingEdges(operation, context.contract)) await tryName(operation, edge, context);
    for (const edge of fieldsEdges(operation, context.contract)) await tryEdge(operation, edge, context, REPEATED);
  },
};

/**
 * Foreign keys, which name existing resources; and the key in an update of a derived resource, which names the one of the
 * path.
 */
function foreignPointers({ effect }: Operation, contract: Contract): readonly string[] {
  const { refers = [], mentions = [], key } = contract.resources.get(effect?.target ?? '') ?? {};
  const own = effect?.kind === 'update' && isDerived(contract, effect.target) ? [key ?? []].flat() : [];
  const names = [...[...refers, ...mentions.filter(isWhole)].map(({ property }) => property), ...own];
  return names.map((name) => joinPointer('', ...[effect?.within ?? []].flat(), name));
}

/** Whether a property names items and holds nothing else. */
function isWhole({ within = [], isItem }: Mention): boolean {
  return within.length === (isItem === true ? 1 : 0);
}

/** Texts and lists at the limits of what names something: in the query, and in the body. */
function namingEdges(operation: Operation, contract: Contract): readonly EdgeInput[] {
  const { parameters, effect } = operation;
  const naming = effect === undefined ? [] : sideParameters(effect);
  const inQuery = parameters
    .filter(({ in: place, name }) => place === 'query' && naming.includes(name))
    .flatMap((parameter) => parameterEdges(contract, parameter, { texts: true }));
  return [...inQuery, ...namingInBody(operation, contract), ...unmarkedEdges(operation, contract)];
}

function namingInBody(operation: Operation, contract: Contract): readonly EdgeInput[] {
  const { effect } = operation;
  if (effect === undefined || effect.on === 'hook') return [];
  const resource = contract.resources.get(effect.target);
  const foreign = [...(resource?.refers ?? []), ...(resource?.mentions.filter(isWhole) ?? [])].map(
    ({ property }) => property,
  );
  // A property that is unique together with a marked one needs no mark of its own.
  const marked = markedProperties(operation, contract);
  const beside = (resource?.unique.flat() ?? []).filter((name) => !marked.has(name));
  const listed = Object.values(effect.each).map((at) => splitPointer(at)[0] ?? '');
  return edgesOfNames(operation, contract, { names: [...foreign, ...beside, ...listed], listed });
}

/**
 * The shortest names that an update may give, or a create under a parent: too short for the run's mark. Other creates
 * must have it, since what they created could not be found where its response is lost; nor could what an update gave
 * another key.
 */
function unmarkedEdges(operation: Operation, contract: Contract): readonly EdgeInput[] {
  const { effect } = operation;
  if (effect?.on !== 'resource' || (effect.kind !== 'update' && !createsUnderParent(operation))) return [];
  const key = contract.resources.get(effect.target)?.key;
  const names = [...markedProperties(operation, contract)].filter((name) => effect.kind === 'create' || name !== key);
  return edgesOfNames(operation, contract, { names, listed: undefined }).filter(
    ({ keyword }) => keyword === 'minLength',
  );
}

function createsUnderParent({ effect }: Operation): boolean {
  return effect?.kind === 'create' && Object.keys(effect.of).length > 0;
}

interface NamesInBody {
  readonly names: readonly string[];
  /** The lists of subjects, whose lengths are tried with subjects; undefined: no lists are tried. */
  readonly listed: readonly string[] | undefined;
}

function edgesOfNames(operation: Operation, contract: Contract, { names, listed }: NamesInBody): readonly EdgeInput[] {
  const media = bodyMedia(operation);
  if (media === undefined || !isJson(media.type)) return [];
  return namingBodyEdges(contract, media.schema, {
    pointer: schemaPointer(operation),
    naming: new Set(names),
    ...(listed === undefined ? {} : { counted: new Set(listed) }),
  });
}

/** The properties with which a run recognizes what it created. */
function markedProperties({ effect }: Operation, { resources }: Contract): ReadonlySet<string> {
  const resource = resources.get(effect?.target ?? '');
  if (resource === undefined) return new Set();
  const foreign = new Set(resource.refers.map(({ property }) => property));
  const first = resource.unique.flatMap((group) => group.find((name) => !foreign.has(name)) ?? []);
  return new Set([resource.key, ...first]);
}

/** What names nothing: the operation may say so, but must not call it malformed. */
async function tryName(operation: Operation, edge: EdgeInput, context: CheckContext): Promise<void> {
  const changed = withEdge(edge, await valuesForName(operation, context));
  if (!isWithinAll(operation, edge, changed, context)) return;
  const exchange = await context.send(buildRequest(operation, changed));
  context.reached(edge.pointer);
  const status = String(exchange.response.status);
  const hasCause = (matches: (cause: Cause) => boolean): boolean =>
    operation.responses.some(
      (response) => response.status === status && response.problems.some(({ when }) => matches(when)),
    );
  const { part, at, keyword, bound } = edge;
  if (!hasCause(isInvalid(part)) || hasCause(({ kind }) => kind === 'unknown')) return;
  context.report({
    cause: `${part} ${at} within ${keyword}: status ${status}`,
    expected: `the response for an unknown name: ${at} is within ${keyword} ${bound}`,
    actual: status,
    evidence: weaker(context.contract.evidenceAt(edge.pointer), NAME),
    exchange,
  });
}

/** A parent of the run's own, since what is created without its mark goes with the parent. */
async function valuesForName(operation: Operation, { fixtures }: CheckContext): Promise<RequestValues> {
  const values = await fixtures.valid(operation);
  if (!createsUnderParent(operation)) return values;
  const parents = await Promise.all(
    Object.keys(operation.effect?.of ?? {}).map(async (side) => [side, await fixtures.fresh(side)] as const),
  );
  return { ...values, path: { ...values.path, ...valuesNaming(operation, Object.fromEntries(parents)).path } };
}

/** A list of fields as long as allowed; names may be repeated. */
function fieldsEdges(operation: Operation, contract: Contract): readonly EdgeInput[] {
  return operation.parameters.flatMap(({ in: place, name, query, schema, pointer }) => {
    const max = numberOf(shapeOf(contract, schema).maxLength);
    if (place !== 'query' || query?.kind !== 'fields' || max === undefined || max > LONGEST_FIELDS) return [];
    const value = fieldsOfLength(entryFields(operation, contract), max);
    if (value === undefined) return [];
    const common = { part: 'query' as const, at: name, pointer: joinPointer(pointer, 'schema', 'maxLength') };
    return [{ ...common, keyword: 'maxLength', bound: max, value }];
  });
}

/**
 * Query parameters except the page number, whose limit is the reach of the listing (nothing says what a page after the last
 * one gets), and those that name a subject.
 */
function freeParameters({ parameters, effect }: Operation): Operation['parameters'] {
  const naming = effect === undefined ? [] : sideParameters(effect);
  const isPage = ({ name, query }: Operation['parameters'][number]) =>
    query === undefined ? PAGING_NAMES.number.has(bareName(name)) : query.kind === 'page';
  return parameters.filter(
    (parameter) => parameter.in === 'query' && !isPage(parameter) && !naming.includes(parameter.name),
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
    ...fieldsEdges(operation, contract),
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
        ...violations.map((each) =>
          isAboutStatus(each)
            ? { ...each, cause: `${list} of ${max} or fewer: ${each.cause}`, evidence: weaker(each.evidence, evidence) }
            : each,
        ),
      );
  }
  const values = await context.fixtures.valid(operation, { count: max + 1, fresh: true });
  const expected = refusalFor(operation, isInvalid('body'), `body ${list} violates maxItems`);
  const { violations } = await refusalTrial(context, values).refused(buildRequest(operation, values), expected);
  context.report(...violations.map((each) => ({ ...each, evidence: weaker(each.evidence, evidence) })));
  context.reached(pointer);
}

/** @param rule - what has to hold besides, for the value to be accepted */
async function tryEdge(
  operation: Operation,
  edge: EdgeInput,
  context: CheckContext,
  rule: Evidence | undefined = ruleOf(edge),
): Promise<void> {
  const changed = withEdge(edge, await context.fixtures.valid(operation, { full: true }));
  // Other keywords may forbid what one allows: an enum has no text of the greatest length.
  if (!isWithinAll(operation, edge, changed, context)) return;
  const whole = await context.send(buildRequest(operation, changed));
  const stated = context.contract.evidenceAt(edge.pointer);
  const evidence = rule === undefined ? stated : weaker(stated, rule);
  context.reached(edge.pointer);
  const name = `${edge.part} ${edge.at} within ${edge.keyword}`;
  const exchange = refused(whole) ? await refusedForEdge(whole, edge, context) : whole;
  if (exchange === undefined) {
    const reason = `Refused without it, too: ${whole.response.status}.`;
    return context.missed(name, reason, edge.pointer);
  }
  const violations = context.judge(exchange, { kind: 'success' });
  if (!refused(exchange)) return context.report(...violations);
  const unmet = unmetCondition(context.contract, operation, exchange);
  if (unmet !== undefined) return context.missed(name, `${unmet}: ${exchange.response.status}.`, edge.pointer);
  context.report(
    ...violations.map((each) =>
      isAboutStatus(each)
        ? {
            ...each,
            cause: `${name}: ${each.cause}`,
            expected: `${each.expected}: ${edge.at} is within ${edge.keyword} ${edge.bound}`,
            evidence: weaker(each.evidence, evidence),
          }
        : each,
    ),
  );
}

/**
 * The shortest request that is refused with a value and accepted without; absent where the value is not the reason. An
 * answer that is no refusal acquits the value as well.
 *
 * @param whole - the refusal of a request with all properties
 */
async function refusedForEdge(whole: Exchange, edge: EdgeInput, context: CheckContext): Promise<Exchange | undefined> {
  const { operation, fixtures, affords } = context;
  if (!affords(3)) return whole;
  const least = await fixtures.valid(operation);
  const small = withEdge(edge, least);
  if (!isWithinAll(operation, edge, small, context)) return whole;
  const exchange = await context.send(buildRequest(operation, small));
  if (!refused(exchange)) return exchange;
  const without = await context.send(buildRequest(operation, await fixtures.valid(operation)));
  return refused(without) ? undefined : exchange;
}

/** The form of a refusal has nothing to do with the size. */
function isAboutStatus({ code }: Violation): boolean {
  return code === undefined || code === 'WRONG_STATUS';
}

function ruleOf({ keyword, value }: EdgeInput): Evidence | undefined {
  if (keyword === 'minLength') return ONE_LETTER;
  return listOr(value).some(isObject) ? MADE_UP : undefined;
}

function withEdge({ part, at, value }: EdgeInput, values: RequestValues): RequestValues {
  return part === 'query'
    ? { ...values, query: { ...values.query, [at]: value } }
    : { ...values, body: editJson(values.body ?? {}, { kind: 'set', pointer: at, value }) };
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
