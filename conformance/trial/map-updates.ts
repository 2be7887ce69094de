import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, JsonObject, Operation, Schema } from '../../contract/contract.js';
import { listOr } from '../../contract/json/json-value.js';
import { isObject, joinPointer } from '../../contract/pointer.js';
import { propertiesOf, shapeOf, typesOf } from '../arbitraries/schema-shape.js';
import type { CheckContext } from '../check.js';
import { fitsRequest } from '../fixtures/fitting-value.js';
import { shownProperties } from '../lookup/shown-value.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import type { UpdateTrial } from './update-trial.js';

/** The most maps of an operation that are tried. */
const MOST = 4;

/** An update with a map of entries, and one with others. */
const ENTRIES: readonly JsonObject[] = [
  { kept: '007', both: { left: '1', right: '2' } },
  { added: '12', both: { left: '3' } },
];

/** The same where entries are texts. */
const TEXTS: readonly JsonObject[] = [{ kept: '007' }, { added: '12' }];

export interface MapProperty {
  readonly name: string;
  readonly updates: readonly JsonObject[];
}

/** The properties whose entries have names of the client's choice: objects that declare no properties. */
export function mapProperties(
  properties: readonly (readonly [name: string, schema: Schema])[],
  contract: Contract,
): readonly MapProperty[] {
  const maps = properties.flatMap(([name, property]): MapProperty[] => {
    const schema = shapeOf(contract, property);
    const isMap =
      typesOf(schema).includes('object') && schema.type !== undefined && schema.additionalProperties !== false;
    if (!isMap || Object.keys(propertiesOf(schema)).length > 0) return [];
    const updates = [ENTRIES, TEXTS].find((each) => each.every((value) => fitsRequest(contract, schema, value)));
    return updates === undefined ? [] : [{ name, updates }];
  });
  return maps.slice(0, MOST);
}

/** The requests that trying one map takes. */
export const MAP_REQUESTS = 4;

/**
 * Updates a map twice, with other entries the second time: it must be replaced, or keep the entries that the second update
 * does not name where the contract says `merge`, one level deep.
 */
export async function tryMap(
  { name, updates }: MapProperty,
  { trial, reading }: { readonly trial: UpdateTrial; readonly reading: Operation },
  context: CheckContext,
): Promise<void> {
  const { contract, operation } = context;
  const at = joinPointer('', name);
  const sent: Exchange[] = [];
  for (const value of updates) {
    const updated = await trial.set({ at, value });
    if (updated === undefined || !succeeded(updated)) return;
    sent.push(updated);
  }
  const [first = {}, second = {}] = updates;
  const exchange = trial.read;
  const shown = trial.shown(at);
  if (exchange === undefined || !isObject(shown)) return;
  const merges = updateWords(reading, exchange.response.status, name, contract).includes('merge');
  const wanted: JsonObject = merges ? { ...first, ...second } : second;
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  const wrong = names.filter((entry) => !isDeepStrictEqual(shown[entry], wanted[entry]));
  if (wrong.length === 0) return;
  context.report({
    cause: `${name} is not ${merges ? 'merged one level deep' : 'replaced'}`,
    expected: `${at}: ${JSON.stringify(wanted)}`,
    actual: `${at}: ${JSON.stringify(shown)}`,
    evidence: contract.evidenceAt(operation.effect?.pointer ?? operation.pointer),
    exchange,
    before: sent,
  });
}

function updateWords(reading: Operation, status: number, name: string, contract: Contract): readonly Json[] {
  const written = shownProperties(reading, status, contract)[name]?.['x-update'];
  return typeof written === 'string' ? [written] : listOr(written);
}
