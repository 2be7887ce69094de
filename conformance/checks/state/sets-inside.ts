import type { Contract, Json, JsonObject, Operation, Relation, Schema } from '../../../contract/contract.js';
import { listOr, objectOr } from '../../../contract/json/json-value.js';
import { isObject } from '../../../contract/pointer.js';
import { propertiesOf, shapeOf } from '../../arbitraries/schema-shape.js';
import type { Check, CheckContext } from '../../check.js';
import type { Sides, Subject } from '../../fixtures/fixtures.js';
import { entriesOf } from '../../lookup/listings/entries.js';
import { queryParameter } from '../../lookup/listings/page-walk.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';
import { listedValues } from '../../trial/listed-values.js';

export const setsInside: Check = {
  id: 'sets-inside',
  family: 'state',
  title: 'Sets inside the entries of a listing are right',
  description:
    'Adds a tuple to a relation that a listing shows inside its entries, such as the roles of each member. Where the ' +
    'property is requested it must show exactly that tuple; where it has to be requested and is not, it must be absent.',
  appliesTo: 'listings whose entries contain a set, such as the roles of a member',
  applies: (operation, contract) => setsInsideOf(operation, contract).length > 0,
  requests: (operation, contract, depth) => (depth === 'smoke' ? 0 : setsInsideOf(operation, contract).length * 3),
  async run(operation, context) {
    for (const inside of setsInsideOf(operation, context.contract)) await trySet(operation, inside, context);
  },
};

/** A property of the entries of a listing that shows the other side of a relation. */
interface SetInside {
  readonly property: string;
  readonly relation: Relation;
  /** The side that the property lists. */
  readonly listed: string;
  /** Whether the property is shown only on request. */
  readonly onRequest: boolean;
}

function setsInsideOf(operation: Operation, contract: Contract): readonly SetInside[] {
  const { effect } = operation;
  const listing = effect?.kind === 'list' ? contract.relations.get(effect.target) : undefined;
  if (listing === undefined) return [];
  return Object.entries(entryProperties(operation, contract)).flatMap(([property, schema]) => {
    const role = contract.valueOf(schema);
    const relation = role?.kind === 'relation' ? contract.relations.get(role.relation) : undefined;
    if (role?.kind !== 'relation' || relation === undefined) return [];
    const rest = relation.between.filter((side) => !listing.between.includes(side));
    const isBound = listing.between.every((side) => relation.between.includes(side));
    const canRequest = !role.asked || queryParameter(operation, 'fields') !== undefined;
    const [listed] = rest;
    return listed !== undefined && rest.length === 1 && isBound && canRequest
      ? [{ property, relation, listed, onRequest: role.asked }]
      : [];
  });
}

/** The properties of the entries of a listing whose body is the list. */
function entryProperties(operation: Operation, contract: Contract): Readonly<Record<string, Schema>> {
  const success = operation.responses.find(({ status }) => status.startsWith('2'));
  const shape = shapeOf(contract, success?.content[0]?.schema ?? {});
  const branches = [
    shape,
    ...listOr(shape.oneOf)
      .filter(isObject)
      .map((branch) => shapeOf(contract, branch)),
  ];
  const list = branches.find(({ items }) => isObject(items));
  return propertiesOf(shapeOf(contract, objectOr(list?.items)));
}

async function trySet(operation: Operation, inside: SetInside, context: CheckContext): Promise<void> {
  const { fixtures } = context;
  const { values, subjects } = await listedValues(context, 2);
  const [holder, other] = subjects;
  if (holder === undefined || other === undefined) return;
  const bound = await Promise.all(
    Object.keys(operation.effect?.of ?? {}).map(async (side) => [side, await fixtures.subject(side)] as const),
  );
  const sides: Sides = { ...Object.fromEntries(bound), [holder.resource]: holder };
  const member = await fixtures.subject(inside.listed);
  await fixtures.add(inside.relation.name, sides, [member]);

  const list = async (query: JsonObject): Promise<Exchange> => {
    const exchange = await context.send(buildRequest(operation, { path: values.path, query, header: {} }));
    context.report(...context.judge(exchange, { kind: 'success' }));
    return exchange;
  };
  const fields = queryParameter(operation, 'fields')?.name;
  const key = context.contract.resources.get(holder.resource)?.key ?? '';
  const selection = fields === undefined || !inside.onRequest ? {} : { [fields]: `${key},${inside.property}` };
  const shown = await list({ ...values.query, ...selection });
  judgeSet(shown, inside, { subject: holder, ids: [member.id] }, context);
  judgeSet(shown, inside, { subject: other, ids: [] }, context);
  if (!inside.onRequest) return;
  judgeSet(await list(values.query), inside, { subject: holder, ids: undefined }, context);
}

/** The ids that the property of an entry should show; absent: the entry should not have the property. */
interface ExpectedSet {
  readonly subject: Subject;
  readonly ids: readonly string[] | undefined;
}

function judgeSet(
  exchange: Exchange,
  { property, relation, listed }: SetInside,
  { subject, ids }: ExpectedSet,
  { contract, operation, fixtures, report }: CheckContext,
): void {
  if (!succeeded(exchange)) return;
  const entry = entriesOf(operation, exchange.response.json).find(
    (each) => fixtures.idOf(subject.resource, each) === subject.id,
  );
  const shown = isObject(entry) ? entry[property] : undefined;
  const actual = Array.isArray(shown) ? shown.flatMap((each: Json) => fixtures.idOf(listed, each) ?? []) : undefined;
  if (entry !== undefined && actual?.join() === ids?.join()) return;
  report({
    cause: ids === undefined ? `${property} is shown without being requested` : `${property} does not show the set`,
    expected: `${property} of ${subject.id}: ${setText(ids)}`,
    actual: entry === undefined ? `${subject.id} is not listed` : `${property}: ${setText(actual)}`,
    evidence: contract.evidenceAt(relation.pointer),
    exchange,
  });
}

function setText(ids: readonly string[] | undefined): string {
  return ids === undefined ? 'absent' : ids.join(', ') || 'none';
}
