import type {
  Contract,
  Json,
  JsonObject,
  KindOfBody,
  Operation,
  Pointer,
  Reference,
} from '../../../contract/contract.js';
import { weaker } from '../../../contract/evidence.js';
import { answeredItem } from '../../../contract/item-envelope.js';
import { listOr, objectOr } from '../../../contract/json/json-value.js';
import { isObject, joinPointer } from '../../../contract/pointer.js';
import { withArticle } from '../../../contract/text/with-article.js';
import { propertiesOf, shapeOf } from '../../arbitraries/schema-shape.js';
import type { Check, CheckContext, Expectation } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import { fittingValue } from '../../fixtures/fitting-value.js';
import { resourceNamed } from '../../lookup/identity.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { bodyMedia, writtenMedia } from '../../target/request-body.js';
import { isInvalid, isUnsupported, problemsOf, refusalFor } from '../../trial/expected-refusal.js';
import { refusalTrial } from '../../trial/refusal-trial.js';
import { removeCreated } from '../../trial/remove-created.js';

export const kindRequirements: Check = {
  id: 'kind-requirements',
  family: 'input',
  title: 'What a body requires follows from the kind of its item',
  description:
    'Creates an item of each kind with what its kind requires, which must succeed with an id of that kind. Then leaves out ' +
    'each required property, and adds each that the kind may not have; and names something of a kind that the operation ' +
    'does not take. Each must get the documented refusal and change nothing.',
  needsState: true,
  appliesTo: 'creates whose body has requirements by kind',
  applies: (operation, contract) => kindsIn(operation).size > 0 && referenceOf(operation, contract) !== undefined,
  requests: (operation, _contract, depth) => {
    if (depth === 'smoke') return 0;
    const rules = [...kindsIn(operation).values()];
    return rules.reduce((sum, { required, refused }) => sum + 2 + 2 * (required.length + refused.length), 4);
  },
  async run(operation, context) {
    const reference = referenceOf(operation, context.contract);
    if (reference === undefined) return;
    const values = await context.fixtures.valid(operation);
    const [usual] = kindsIn(operation).keys();
    const creates = context.fixtures.operation('create', reference.resource) !== undefined;
    for (const [kind, rules] of kindsIn(operation)) {
      if (kind === usual) await tryKind({ kind, rules, values }, context);
      else if (creates)
        await tryKind({ kind, rules, values: await valuesOf(kind, rules, { reference, values }, context) }, context);
      else
        context.missed(
          `kind ${kind}`,
          `The contract has no operation that creates ${withArticle(reference.resource)}.`,
        );
    }
    await tryOtherKind(reference, values, context);
  },
};

type Kinds = ReadonlyMap<string, KindOfBody>;

function kindsIn(operation: Operation): Kinds {
  return writtenMedia(operation)?.kinds ?? new Map<string, KindOfBody>();
}

/** The foreign key that decides the kind. */
function referenceOf({ effect }: Operation, contract: Contract): Reference | undefined {
  const resource = effect?.kind === 'create' ? contract.resources.get(effect.target) : undefined;
  return resource?.refers.find(({ property }) => property === resource.kind?.property);
}

interface OneKind {
  readonly kind: string;
  readonly rules: KindOfBody;
  /** Values of a request that must succeed. */
  readonly values: RequestValues;
}

interface Named {
  readonly reference: Reference;
  readonly values: RequestValues;
}

/** The least that a body of another kind has, naming something new of that kind. */
async function valuesOf(
  kind: string,
  { schema }: KindOfBody,
  { reference, values }: Named,
  context: CheckContext,
): Promise<RequestValues> {
  const least = fittingValue(context.contract, schema, { optional: 'required', seed: context.seed });
  const usual = objectOr(values.body);
  const body = Object.fromEntries(Object.entries(objectOr(least)).map(([name, value]) => [name, usual[name] ?? value]));
  return { ...values, body: { ...body, [reference.property]: await nameOfKind(reference, kind, context) } };
}

/** How bodies name something new of a kind. */
async function nameOfKind({ resource, by }: Reference, kind: string, context: CheckContext): Promise<Json> {
  const property = propertyOfKind(context);
  const subject = await context.fixtures.fresh(resource, { [property]: kind });
  return subject.value[by] ?? subject.name;
}

function propertyOfKind({ contract, operation }: CheckContext): string {
  return resourceNamed(contract, operation.effect?.target ?? '').kind?.of ?? '';
}

async function tryKind({ kind, rules, values }: OneKind, context: CheckContext): Promise<void> {
  const { operation } = context;
  const pointer = kindPointer(operation, kind);
  const exchange = await context.send(buildRequest(operation, values));
  report(context, joinPointer(pointer, 'required'), context.judge(exchange, { kind: 'success' }));
  if (!succeeded(exchange)) return;
  judgeId(kind, exchange, context);
  await removeCreated(exchange, context);
  const body = objectOr(values.body);
  const trial = refusalTrial(context, values);
  const refuse = async (changed: JsonObject, because: string, fact: Pointer): Promise<void> => {
    const request = buildRequest(operation, { ...values, body: changed });
    const { violations } = await trial.refused(request, refusalFor(operation, isInvalid('body'), because));
    report(context, fact, violations);
  };
  for (const [index, name] of rules.required.entries()) {
    const { [name]: _, ...less } = body;
    await refuse(less, `an item of kind ${kind} lacks ${name}`, joinPointer(pointer, 'required', index));
  }
  for (const [index, name] of rules.refused.entries()) {
    const property = propertiesOf(shapeOf(context.contract, writtenMedia(operation)?.schema ?? {}))[name] ?? {};
    const value = fittingValue(context.contract, property, { optional: 'required', seed: context.seed }) ?? 'value';
    const more = { ...body, [name]: value };
    await refuse(more, `an item of kind ${kind} has ${name}`, joinPointer(pointer, 'refused', index));
  }
}

function kindPointer(operation: Operation, kind: string): Pointer {
  const { requestBody } = operation;
  return joinPointer(
    requestBody?.pointer ?? '',
    ...['content', bodyMedia(operation)?.type ?? '', 'schema', 'x-kinds', kind],
  );
}

/** Known no better than that the kind has these rules. */
function report(context: CheckContext, fact: Pointer, violations: readonly Violation[]): void {
  const evidence = context.contract.evidenceAt(fact);
  context.report(...violations.map((each) => ({ ...each, evidence: weaker(each.evidence, evidence) })));
}

/** The id of an item of a kind begins as its template does. */
function judgeId(kind: string, exchange: Violation['exchange'], context: CheckContext): void {
  const { contract, operation } = context;
  const { key } = resourceNamed(contract, operation.effect?.target ?? '');
  for (const { content, status, pointer } of operation.responses) {
    const { schema, type = '' } = content[0] ?? {};
    if (!status.startsWith('2') || schema === undefined) continue;
    const role = contract.valueOf(propertiesOf(shapeOf(contract, schema))[key] ?? {});
    if (role?.kind !== 'id') continue;
    const template = role.ofKind.get(kind) ?? role.template;
    const where = role.ofKind.has(kind) ? ['kinds', kind] : ['id'];
    const prefix = template.slice(0, template.indexOf('{'));
    const shown = answeredItem(exchange.request.operation?.effect, exchange.response.json);
    const id = isObject(shown) ? shown[key] : undefined;
    if (id === undefined || String(id).startsWith(prefix)) return;
    context.report({
      cause: `the ${key} of kind ${kind} begins otherwise`,
      expected: `${key}: ${template}`,
      actual: `${key}: ${String(id)}`,
      evidence: contract.evidenceAt(
        joinPointer(pointer, 'content', type, 'schema', 'properties', key, 'x-value', ...where),
      ),
      exchange,
    });
    return;
  }
}

/** Something of a kind that no item of the operation may have. */
async function tryOtherKind(reference: Reference, values: RequestValues, context: CheckContext): Promise<void> {
  const { operation, fixtures } = context;
  const [problem] = problemsOf(operation, isUnsupported(reference.resource));
  if (problem === undefined) return;
  const other = otherKind(reference, context);
  if (other === undefined || fixtures.operation('create', reference.resource) === undefined) {
    const reason = `The contract gives no other kind of ${reference.resource} that can be created.`;
    return context.missed(`the refusal ${problem.name}`, reason, problem.pointer);
  }
  const name = await nameOfKind(reference, other, context);
  const request = buildRequest(operation, {
    ...values,
    body: { ...objectOr(values.body), [reference.property]: name },
  });
  const because = `the body names an unsupported kind of ${reference.resource}`;
  const expected: Expectation = refusalFor(operation, isUnsupported(reference.resource), because);
  const { violations } = await refusalTrial(context, values).refused(request, expected);
  context.report(...violations);
  context.reached(problem.pointer);
}

/** A kind that the schema of the other resource names and the operation does not take. */
function otherKind({ resource }: Reference, context: CheckContext): string | undefined {
  const { contract, fixtures, operation } = context;
  const creation = fixtures.operation('create', resource);
  const shape = shapeOf(contract, (creation && bodyMedia(creation)?.schema) ?? {});
  const schema = shapeOf(contract, propertiesOf(shape)[propertyOfKind(context)] ?? {});
  return [...listOr(schema.enum), ...listOr(schema.examples)].map(String).find((kind) => !kindsIn(operation).has(kind));
}
