import type { Check } from '../../check.js';
import { brokenInputRequests, constraintsOn, tryBrokenInputs } from '../../trial/broken-input-trial.js';
import { neverEmpty, tryEmptyQueries } from '../../trial/empty-query-trial.js';

export const invalidQuery: Check = {
  id: 'invalid-query',
  family: 'input',
  title: 'A query that violates one constraint is refused',
  description:
    'Gives one query parameter a value that its schema does not allow: not a number, below the minimum, above the ' +
    'maximum, too long, or empty. Each must get the documented refusal with its errorCode; an optional parameter that is ' +
    'empty may be ignored instead.',
  appliesTo: 'operations with query parameters that have constraints',
  applies: (operation, contract) => constraintsOn(contract, operation, 'query').length > 0,
  requests: (operation, contract, depth) =>
    brokenInputRequests(contract, operation, 'query', depth) +
    (depth === 'smoke' ? 0 : neverEmpty(operation, contract).length * 2),
  async run(operation, context) {
    await tryBrokenInputs(context, 'query');
    if (neverEmpty(operation, context.contract).length > 0) await tryEmptyQueries(context);
  },
};
