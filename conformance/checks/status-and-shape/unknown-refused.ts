import { ancestorsOf } from '../../../contract/ancestors.js';
import type { Contract, Evidence, Json, JsonObject, Operation, Pointer } from '../../../contract/contract.js';
import { weaker } from '../../../contract/evidence.js';
import { isDerived } from '../../../contract/is-derived.js';
import { entrySchema } from '../../../contract/list-in-body.js';
import { joinPointer } from '../../../contract/pointer.js';
import { withArticle } from '../../../contract/text/with-article.js';
import { editJson } from '../../arbitraries/json-edit.js';
import type { Check, CheckContext, Expectation } from '../../check.js';
import type { Subject } from '../../fixtures/fixtures.js';
import { innermost } from '../../fixtures/valid-values.js';
import { isListInBody } from '../../lookup/listed-entries.js';
import { namesOf, pathNaming, queryNaming } from '../../lookup/path-names.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { withEffectEvidence } from '../../trial/effect-evidence.js';
import { documentsUnknown, isUnknown, problemsOf, refusalFor } from '../../trial/expected-refusal.js';
import { isReading, refusalTrial } from '../../trial/refusal-trial.js';

type QueryNames = string | Readonly<Record<string, string>>;

/** A place of a request that names an existing resource. */
interface Reference {
  /** Or the relation of a tuple. */
  readonly resource: string;
  /** Of a tuple: the side that names an existing item in no such tuple. */
  readonly other?: string;
  /** What names an existing resource of another parent than the path. */
  readonly elsewhere?: true;
  readonly place: { readonly path: string } | { readonly query: QueryNames } | { readonly body: Pointer };
}

export const unknownRefused: Check = {
  id: 'unknown-refused',
  family: 'status-and-shape',
  title: 'An unknown id is refused as documented',
  description:
    'Names an unknown resource in each place of the path, the query and the body that names one, one at a time, and below a ' +
    'parent what belongs to another. The request must get the response that the contract gives for it, or succeed without an ' +
    'effect where the contract says so.',
  needsState: true,
  appliesTo: 'operations whose path or body names an existing resource',
  applies: (operation, contract) => referencesOf(operation, contract).length > 0,
  requests: (operation, contract, depth) => {
    if (depth === 'smoke') return operation.method === 'GET' ? 1 : 0;
    return referencesOf(operation, contract).length * 4;
  },
  async run(operation, context) {
    for (const reference of referencesOf(operation, context.contract)) {
      if (context.depth === 'smoke' && 'body' in reference.place) continue;
      if (reference.elsewhere) {
        if (context.depth !== 'smoke') await tryElsewhere(reference, context);
        continue;
      }
      for (const name of await unknownNames(reference, context)) await tryUnknown(reference, name, context);
      if (context.depth === 'smoke') return;
    }
  },
};

function referencesOf(operation: Operation, contract: Contract): readonly Reference[] {
  const { effect } = operation;
  if (effect === undefined) return namedReferences(operation, contract);
  if (effect.on === 'hook') return [];
  const inPath = Object.entries(effect.of).map(([resource, path]) => ({ resource, place: { path } }));
  const inQuery = Object.entries(effect.query).map(([resource, query]) => ({ resource, place: { query } }));
  const inBody = Object.entries(effect.each).map(([resource, list]) => ({
    resource,
    place: { body: placeInBody(operation, { side: resource, list }, contract) },
  }));
  const resource = effect.kind === 'create' ? contract.resources.get(effect.target) : undefined;
  const foreignKeys = (resource?.refers ?? [])
    .filter(({ property }) => property !== resource?.under?.property)
    .map((reference) => ({
      resource: reference.resource,
      place: { body: joinPointer('', ...[effect.within ?? []].flat(), reference.property) },
    }));
  // A tuple is unknown if its last side is another item.
  const isLink = effect.on === 'relation' && (effect.kind === 'read' || effect.kind === 'update');
  const last = contract.relations.get(effect.target)?.between.at(-1) ?? '';
  const link = isLink ? [{ resource: effect.target, other: last, place: { path: effect.of[last] ?? '' } }] : [];
  return [...inPath, ...inQuery, ...link, ...inBody, ...foreignKeys, ...belowAnother(operation, contract)];
}

/** What a path names below its parent, where both can be created: another parent has it. */
function belowAnother({ effect }: Operation, contract: Contract): readonly Reference[] {
  const { under } = contract.resources.get(effect?.target ?? '') ?? {};
  const path = effect?.of[effect.target];
  if (effect === undefined || under === undefined || path === undefined || !(under.parent in effect.of)) return [];
  const isCreated = (resource: string): boolean =>
    contract.operations.some((other) => other.effect?.kind === 'create' && other.effect.target === resource);
  return isCreated(effect.target) && isCreated(under.parent)
    ? [{ resource: effect.target, elsewhere: true, place: { path } }]
    : [];
}

/** The items that a path names. To remove what is not there may succeed: a deletion must refuse only what it is below. */
function namedReferences({ names = {}, method }: Operation, contract: Contract): readonly Reference[] {
  const references = Object.entries(names).map(([resource, path]) => ({ resource, place: { path } }));
  const below = innermost(names) ?? '';
  const above = new Set([below, ...ancestorsOf(contract, below)]);
  return method === 'DELETE' ? references.filter(({ resource }) => above.has(resource)) : references;
}

/** Where a body names the first item of a side: in a list, which may have objects, or in a text. */
function placeInBody(
  operation: Operation,
  { side, list }: { readonly side: string; readonly list: Pointer },
  contract: Contract,
): Pointer {
  if (!isListInBody(operation, list, contract)) return list;
  const { inside, key = '' } = contract.resources.get(side) ?? {};
  const isObjects = inside === undefined && entrySchema(contract, operation, list) !== undefined;
  return isObjects ? joinPointer(list, 0, key) : joinPointer(list, 0);
}

interface UnknownName {
  /** The resources that do not exist: for an item of an unknown parent, the parent and the item. */
  readonly of: readonly string[];
  readonly name: Json;
}

/** One name; for an item inside another resource two: an unknown item of a known parent, and of an unknown parent. */
async function unknownNames(
  { resource, other, place }: Reference,
  { contract, fixtures }: CheckContext,
): Promise<readonly UnknownName[]> {
  if (other !== undefined) return [{ of: [resource], name: (await fixtures.fresh(other)).id }];
  const { name, id } = await fixtures.unknown(resource);
  const inside = contract.resources.get(resource)?.inside;
  if (inside === undefined || 'path' in place) return [{ of: [resource], name: 'path' in place ? id : name }];
  const known = await fixtures.subject(resource);
  const parent = await fixtures.unknown(inside.parent);
  const orphan = Object.entries(inside.key).reduce<Json>(
    (edited, [property, key]) =>
      key.of === 'parent'
        ? editJson(edited, { kind: 'set', pointer: joinPointer('', property), value: parent.id })
        : edited,
    known.name,
  );
  return [
    { of: [resource], name },
    { of: [inside.parent, resource], name: orphan },
  ];
}

async function tryUnknown({ place }: Reference, { of, name }: UnknownName, context: CheckContext): Promise<void> {
  const { operation } = context;
  const valid = await context.fixtures.valid(operation);
  const values = withName(valid, place, name);
  const request = buildRequest(operation, values);
  const part = 'path' in place ? 'path' : 'query' in place ? 'query' : 'body';
  const because = `the ${part} names an unknown ${of[0] ?? ''}`;
  // That a list in a body names items was derived: its refusals need not be about those.
  const isGuess = 'body' in place && isDerived(context.contract, operation.effect?.target);
  const expected = isGuess ? undefined : expectationFor(operation, of, because);
  if (expected === undefined) {
    const exchange = await context.send(request);
    context.report(...context.judge(exchange, { kind: 'documented' }));
    const unsaid = isGuess ? 'the contract does not say what is right' : 'the contract lists no 404';
    context.observe(`${because}: ${exchange.response.status}; ${unsaid}`);
    return;
  }
  const probe = context.depth !== 'smoke' && !isReading(operation.method);
  const trial = refusalTrial(context, probedValues(operation, valid, values), { probe });
  const { violations } = await trial.refused(request, expected);
  // A problem has its own evidence. Other expectations are as certain as the effect.
  const isProblem = expected.kind === 'problem';
  if (operation.effect === undefined)
    context.report(...violations.map((each) => ({ ...each, evidence: weaker(each.evidence, DERIVED) })));
  else if (isProblem) context.report(...violations);
  else context.report(...withEffectEvidence('unknown', violations, operation, context.contract));
}

/** Names what belongs to one parent below another, which has nothing of the kind. */
async function tryElsewhere({ resource }: Reference, context: CheckContext): Promise<void> {
  const { contract, operation, fixtures } = context;
  const named = await fixtures.fresh(resource);
  const { parent } = named;
  if (parent === undefined) return;
  const other = await fixtures.fresh(parent.resource, {}, parent.parent);
  const name = operation.effect?.by === undefined ? named.id : (named.value[operation.effect.by] ?? named.id);
  const because = `the path names ${withArticle(resource)} of another ${parent.resource}`;
  const expected = expectationFor(operation, [resource], because);
  if (expected === undefined) return;
  const valid = await fixtures.valid(operation);
  const below = (above: Subject): RequestValues => ({
    ...valid,
    path: { ...valid.path, ...pathNaming(operation, { ...namesOf(above), [resource]: name }) },
  });
  const probe = isReading(operation.method) ? undefined : await fixtures.probe(operation, below(parent));
  const exchange = await context.send(buildRequest(operation, below(other)));
  const answered = context.judge(exchange, expected);
  const changes = answered.length > 0 || probe?.blind !== false ? [] : await probe.unchanged(exchange);
  const isCertain = expected.kind === 'problem' || changes.length > 0;
  const violations = [...answered, ...changes];
  if (isDerived(contract, resource))
    context.report(...violations.map((each) => ({ ...each, evidence: weaker(each.evidence, DERIVED) })));
  else if (isCertain) context.report(...violations);
  else context.report(...withEffectEvidence('unknown', violations, operation, contract));
}

/** That a path below an item names it is a convention. */
const DERIVED: Evidence = { grade: 'inferred', source: 'derived from paths, by REST conventions' };

/** Values whose path names existing resources only: an unknown one has no state to read. */
function probedValues(operation: Operation, valid: RequestValues, values: RequestValues): RequestValues {
  return operation.effect?.on === 'relation' ? { ...values, path: valid.path } : valid;
}

/** Absent where the contract gives no response for an unknown item. */
function expectationFor(operation: Operation, of: readonly string[], because: string): Expectation | undefined {
  if (of.some((resource) => operation.effect?.unknownSucceeds.includes(resource))) return { kind: 'success' };
  // Of several unknown resources the first is what is tried.
  const isCause = isUnknown(of[0] ?? '');
  if (problemsOf(operation, isCause).length > 0) return refusalFor(operation, isCause, because);
  // Documents without our keywords give the status of a refusal, not its cause.
  return documentsUnknown(operation) ? { kind: 'refusal', because } : undefined;
}

function withName(values: RequestValues, place: Reference['place'], name: Json): RequestValues {
  if ('path' in place) return { ...values, path: { ...values.path, [place.path]: name } };
  if ('query' in place) return { ...values, query: { ...values.query, ...queryNaming(place.query, name) } };
  // A body with references is an object.
  const body = (values.body ?? {}) as JsonObject;
  return { ...values, body: editJson(body, { kind: 'set', pointer: place.body, value: name }) };
}
