import type { Contract, Json, JsonObject, Operation, Relation, Schema } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { listOf, objectOf, propertiesOf, shapeOf } from '../../arbitraries/schema-shape.js';
import type { Check, CheckContext } from '../../check.js';
import type { Violation } from '../../finding.js';
import type { Sides, Subject } from '../../fixtures/fixtures.js';
import { entriesOf } from '../../lookup/listing.js';
import { queryParameter } from '../../lookup/page-walk.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';
import { listedValues } from '../../trial/listed-values.js';

export const setsInside: Check = {
  id: 'sets-inside',
  family: 'state',
  title: 'Sets inside the entries of a listing show what is in them',
  description:
    'Puts something into a relation that a listing shows inside its entries, such as the roles of each member. Where the ' +
    'property is asked for it must show that and nothing else; where it has to be asked for and is not, it must be absent.',
  applies: (operation, contract) => insideOf(operation, contract).length > 0,
  requests: (operation, contract, depth) => (depth === 'smoke' ? 0 : insideOf(operation, contract).length * 3),
  async run(operation, context) {
    for (const inside of insideOf(operation, context.contract)) await tryInside(operation, inside, context);
  },
};

/** A property of the entries of a listing that shows a relation's other side. */
interface SetInside {
  readonly property: string;
  readonly relation: Relation;
  /** The side that the property lists. */
  readonly listed: string;
  /** It is there only when the request names it. */
  readonly asked: boolean;
}

function insideOf(operation: Operation, contract: Contract): readonly SetInside[] {
  const { effect } = operation;
  const listing = effect?.kind === 'list' ? contract.relations.get(effect.target) : undefined;
  if (listing === undefined) return [];
  return Object.entries(itemProperties(operation, contract)).flatMap(([property, schema]) => {
    const role = contract.valueOf(schema);
    const relation = role?.kind === 'relation' ? contract.relations.get(role.relation) : undefined;
    if (role?.kind !== 'relation' || relation === undefined) return [];
    const rest = relation.between.filter((side) => !listing.between.includes(side));
    const isBound = listing.between.every((side) => relation.between.includes(side));
    const canAsk = !role.asked || queryParameter(operation, 'fields') !== undefined;
    const [listed] = rest;
    return listed !== undefined && rest.length === 1 && isBound && canAsk
      ? [{ property, relation, listed, asked: role.asked }]
      : [];
  });
}

/** The properties of the entries of a bare listing. */
function itemProperties(operation: Operation, contract: Contract): Readonly<Record<string, Schema>> {
  const success = operation.responses.find(({ status }) => status.startsWith('2'));
  const shape = shapeOf(contract, success?.content[0]?.schema ?? {});
  const branches = [
    shape,
    ...listOf(shape.oneOf)
      .filter(isObject)
      .map((branch) => shapeOf(contract, branch)),
  ];
  const list = branches.find(({ items }) => isObject(items));
  return propertiesOf(shapeOf(contract, objectOf(list?.items)));
}

async function tryInside(operation: Operation, inside: SetInside, context: CheckContext): Promise<void> {
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

  const fields = queryParameter(operation, 'fields')?.name;
  const key = context.contract.resources.get(holder.resource)?.key ?? '';
  const asking = fields === undefined || !inside.asked ? {} : { [fields]: `${key},${inside.property}` };
  await judge(
    operation,
    { ...values.query, ...asking },
    values.path,
    inside,
    [
      [holder, [member.id]],
      [other, []],
    ],
    context,
  );
  if (!inside.asked) return;
  await judge(operation, values.query, values.path, inside, [[holder, undefined]], context);
}

/** For some subjects of a listing the ids that a property should show; nothing for no such property. */
type Expected = readonly (readonly [subject: Subject, ids: readonly string[] | undefined])[];

async function judge(
  operation: Operation,
  query: JsonObject,
  path: JsonObject,
  { property, relation, listed }: SetInside,
  expected: Expected,
  context: CheckContext,
): Promise<void> {
  const exchange = await context.send(buildRequest(operation, { path, query, header: {} }));
  context.report(...context.judge(exchange, { kind: 'success' }));
  if (!succeeded(exchange)) return;
  const entries = entriesOf(operation, exchange.response.json);
  for (const [subject, ids] of expected) {
    const entry = entries.find((each) => context.fixtures.idOf(subject.resource, each) === subject.id);
    const shown = isObject(entry) ? entry[property] : undefined;
    const actual = Array.isArray(shown)
      ? shown.flatMap((each: Json) => context.fixtures.idOf(listed, each) ?? [])
      : undefined;
    if (entry !== undefined && actual?.join() === ids?.join()) continue;
    const violation: Violation = {
      cause: ids === undefined ? `${property} is shown although nobody asked` : `${property} does not show the set`,
      expected: `${property} of ${subject.id}: ${told(ids)}`,
      actual: entry === undefined ? `${subject.id} is not listed` : `${property}: ${told(actual)}`,
      evidence: context.contract.evidenceAt(relation.pointer),
      exchange,
    };
    context.report(violation);
  }
}

function told(ids: readonly string[] | undefined): string {
  return ids === undefined ? 'absent' : ids.join(', ') || 'none';
}
