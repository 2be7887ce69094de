import type { Contract, Json, JsonObject, Operation, Pointer } from '../../../contract/contract.js';
import { joinPointer } from '../../../contract/pointer.js';
import { editJson } from '../../arbitraries/json-edit.js';
import type { Check, CheckContext, Expectation } from '../../check.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { weighedByEffect } from '../../trial/effect-evidence.js';
import { isUnknown, problemsOf, refusalFor } from '../../trial/expected-refusal.js';
import { isReading, refusalTrial } from '../../trial/refusal-trial.js';

/** A place of a request that names something that must be there. */
interface Naming {
  readonly resource: string;
  readonly place: { readonly path: string } | { readonly body: Pointer };
}

export const unknownRefused: Check = {
  id: 'unknown-refused',
  family: 'status-and-shape',
  title: 'What names nothing is refused, as documented',
  description:
    'Names something that is not there, in each place of the path and of the body that names something, one at a time. ' +
    'The request must get the answer that the contract has for that, or succeed without an effect where it says so.',
  applies: (operation, contract) => namings(operation, contract).length > 0,
  requests: (operation, contract, depth) => {
    if (depth === 'smoke') return operation.method === 'GET' ? 1 : 0;
    return namings(operation, contract).length * 4;
  },
  async run(operation, context) {
    for (const naming of namings(operation, context.contract)) {
      if (context.depth === 'smoke' && 'body' in naming.place) continue;
      for (const name of await unknownNames(naming, context)) await tryNaming(operation, naming, name, context);
      if (context.depth === 'smoke') return;
    }
  },
};

function namings(operation: Operation, contract: Contract): readonly Naming[] {
  const { effect } = operation;
  if (effect === undefined || effect.on === 'hook') return [];
  const inPath = Object.entries(effect.of).map(([resource, path]) => ({ resource, place: { path } }));
  const inBody = Object.entries(effect.each).map(([resource, list]) => ({
    resource,
    place: { body: joinPointer(list, 0) },
  }));
  const resource = effect.kind === 'create' ? contract.resources.get(effect.target) : undefined;
  const referring = (resource?.refers ?? []).map((reference) => ({
    resource: reference.resource,
    place: { body: joinPointer('', reference.property) },
  }));
  return [...inPath, ...inBody, ...referring];
}

/** One or two names of nothing: of an item inside another, an unknown item of a known parent, and one of an unknown. */
interface UnknownName {
  /** The resource that is not there; of an item whose parent is unknown, both are not. */
  readonly of: readonly string[];
  readonly name: Json;
}

async function unknownNames(
  { resource, place }: Naming,
  { contract, fixtures }: CheckContext,
): Promise<readonly UnknownName[]> {
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

async function tryNaming(
  operation: Operation,
  { place }: Naming,
  { of, name }: UnknownName,
  context: CheckContext,
): Promise<void> {
  const valid = await context.fixtures.valid(operation);
  const values = withName(valid, place, name);
  const where = 'path' in place ? `in the path` : `in the body`;
  const request = buildRequest(operation, values);
  const because = `an unknown ${of[0] ?? ''} ${where}`;
  const expected = expectationFor(operation, of, because);
  if (expected === undefined) {
    const exchange = await context.send(request);
    context.report(...context.judge(exchange, { kind: 'documented' }));
    context.observe(`${because}: answered with ${exchange.response.status}; the contract does not say`);
    return;
  }
  // Nothing is known of what is not there, so the look is at what the rest of the request names.
  const looks = context.depth !== 'smoke' && !isReading(operation.method);
  const { violations } = await refusalTrial(context, looksAt(operation, valid, values), looks).refused(
    request,
    expected,
  );
  const succeeds = expected.kind === 'success';
  context.report(...(succeeds ? weighedByEffect('unknown', violations, operation, context.contract) : violations));
}

/** Values whose path names things that are there, so that they can be looked at. */
function looksAt(operation: Operation, valid: RequestValues, values: RequestValues): RequestValues {
  return operation.effect?.on === 'relation' ? { ...values, path: valid.path } : valid;
}

/** Nothing: the contract says nothing of it. */
function expectationFor(operation: Operation, of: readonly string[], because: string): Expectation | undefined {
  if (of.some((resource) => operation.effect?.unknownSucceeds.includes(resource))) return { kind: 'success' };
  // Of several that are not there, the first alone is what is tried; that the others are told instead is no fault.
  const isCause = isUnknown(of[0] ?? '');
  return problemsOf(operation, isCause).length > 0 ? refusalFor(operation, isCause, because) : undefined;
}

function withName(values: RequestValues, place: Naming['place'], name: Json): RequestValues {
  if ('path' in place) return { ...values, path: { ...values.path, [place.path]: name } };
  // A body that names something is an object.
  const body = (values.body ?? {}) as JsonObject;
  return { ...values, body: editJson(body, { kind: 'set', pointer: place.body, value: name }) };
}
