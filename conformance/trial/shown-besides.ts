import type { Contract, Json, JsonObject, Operation, Schema } from '../../contract/contract.js';
import { isDerived } from '../../contract/is-derived.js';
import { answeredItem, sentSchema } from '../../contract/item-envelope.js';
import { isObject } from '../../contract/pointer.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';
import type { Violation } from '../finding/finding.js';
import { clientProperties, shownByProperty } from '../lookup/shown-value.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { bodyMedia } from '../target/request-body.js';

/** An answer that shows what a creation made. */
export interface ShownCreation {
  /** The creation. */
  readonly operation: Operation;
  /** The item in its body. */
  readonly sent: JsonObject;
  /** The creation, or a read after it. */
  readonly exchange: Exchange;
}

/** What an answer shows besides what was sent: a property that is only written, or another value than the default. */
export function shownBesides(creation: ShownCreation, contract: Contract): readonly Violation[] {
  const { operation, exchange } = creation;
  const item = answeredItem(exchange.request.operation?.effect, exchange.response.json);
  if (!succeeded(exchange) || !isObject(item)) return [];
  const schema = sentSchema(contract, operation.effect, bodyMedia(operation)?.schema ?? {});
  const declared = Object.entries(propertiesOf(shapeOf(contract, schema))).map(
    ([name, property]): Declared => ({ name, schema: shapeOf(contract, property), shown: item[name] }),
  );
  const evidence = contract.evidenceAt(operation.requestBody?.pointer ?? operation.pointer);
  const found = [...otherDefaults(declared, creation, contract), ...shownSecrets(declared, creation)];
  return found.map((each) => ({ ...each, evidence, exchange }));
}

/** A property of the body of a creation. */
interface Declared {
  readonly name: string;
  readonly schema: Schema;
  readonly shown: Json | undefined;
}

type Shown = Pick<Violation, 'cause' | 'expected' | 'actual'>;

/** OpenAPI 3.1, "writeOnly": a property that is only written must not be in a response. A masked value is another one. */
function shownSecrets(declared: readonly Declared[], { sent }: ShownCreation): readonly Shown[] {
  return declared
    .filter(({ name, schema, shown }) => name in sent && schema.writeOnly === true && shown === sent[name])
    .map(({ name }) => ({
      cause: `property ${name} is shown, although it is only written`,
      expected: `no ${name}: it has writeOnly`,
      actual: `${name}, as it was sent`,
    }));
}

/** What was not sent must be shown with the default that the contract gives, unless the server writes it itself. */
function otherDefaults(
  declared: readonly Declared[],
  { operation, sent, exchange }: ShownCreation,
  contract: Contract,
): readonly Shown[] {
  const shownBy = exchange.request.operation;
  if (shownBy === undefined || isDerived(contract, operation.effect?.target)) return [];
  const names = clientProperties(shownBy, [exchange.response], contract);
  const shows = shownByProperty(shownBy, exchange.response.status, contract);
  return declared
    .filter(({ name, schema, shown }) => {
      const isUnstated = schema.default === undefined || name in sent || !names.includes(name);
      return !isUnstated && shown !== undefined && !shows(name, shown, schema.default ?? null);
    })
    .map(({ name, schema, shown }) => ({
      cause: `property ${name} is not its default`,
      expected: `${name}: ${JSON.stringify(schema.default)}, as it was not sent`,
      actual: `${name}: ${JSON.stringify(shown)}`,
    }));
}
