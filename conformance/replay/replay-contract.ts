import type { Contract } from '../../spec/contract/contract.js';
import { Effects } from '../stage/effects.js';
import { type BodyValidator, bodyValidator } from './body-validator.js';
import { type ConformJudge, conformJudge } from './conform.js';
import { type Refusals, refusals } from './problem-of.js';
import { type RouteTable, routeTable } from './route-table.js';
import { type SchemaViews, schemaViews } from './schema-view.js';

/** A contract with everything that a replay looks up in it, built once. */
export interface ReplayContract {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly routes: RouteTable;
  readonly views: SchemaViews;
  readonly refusals: Refusals;
  readonly validate: BodyValidator;
  readonly conform: ConformJudge;
}

export function replayContract(contract: Contract): ReplayContract {
  const validate = bodyValidator(contract);
  const views = schemaViews(contract);
  const refused = refusals(views);
  return {
    contract,
    effects: new Effects(contract),
    routes: routeTable(contract),
    views,
    refusals: refused,
    validate,
    conform: conformJudge(contract, validate, refused),
  };
}
