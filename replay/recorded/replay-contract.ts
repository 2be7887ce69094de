import type { ValidateSchema } from '../../conformance/judge/answer-shape.js';
import { Effects } from '../../conformance/lookup/effects.js';
import type { Contract } from '../../contract/contract.js';
import { ConformJudge } from '../judge/conform.js';
import { type Refusals, refusals } from '../judge/problem-of.js';
import { recordedValidator } from '../judge/recorded-validator.js';
import { type SchemaViews, schemaViews } from '../judge/schema-view.js';
import { NumberedIds } from './numbered-ids.js';
import { type RouteTable, routeTable } from './route-table.js';

/** A contract with the lookup tables that a replay needs, built once. */
export interface ReplayContract {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly routes: RouteTable;
  readonly views: SchemaViews;
  readonly refusals: Refusals;
  /** Of what requests send. */
  readonly validateSent: ValidateSchema;
  readonly conform: ConformJudge;
  readonly ids: NumberedIds;
  /** The contract says itself what is stored, and so what each operation and each parameter does. */
  readonly isStated: boolean;
}

const known = new WeakMap<Contract, ReplayContract>();

/** Made once for each contract. */
export function replayContract(contract: Contract): ReplayContract {
  const before = known.get(contract) ?? tablesOf(contract);
  known.set(contract, before);
  return before;
}

function tablesOf(contract: Contract): ReplayContract {
  const validateSent = recordedValidator(contract, 'request');
  const validateAnswered = recordedValidator(contract, 'answer');
  const views = schemaViews(contract);
  const refused = refusals(views);
  const effects = new Effects(contract);
  const isStated = [...contract.resources.values()].some(({ derived }) => derived !== true);
  return {
    contract,
    effects,
    routes: routeTable(contract),
    views,
    refusals: refused,
    validateSent,
    conform: new ConformJudge(contract, { validateSent, validateAnswered, refusals: refused, isStated }),
    ids: new NumberedIds(contract, views, effects),
    isStated,
  };
}
