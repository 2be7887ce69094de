import type { Check } from '../../check.js';
import { brokenInputRequests, constraintsOn, tryBrokenInputs } from '../../trial/broken-input-trial.js';

export const invalidQuery: Check = {
  id: 'invalid-query',
  family: 'input',
  title: 'A query that violates one constraint is refused',
  description:
    'Gives one query parameter a value that its schema does not allow: not a number, below the minimum, above the ' +
    'maximum, too long. Each must get the documented refusal with its errorCode.',
  appliesTo: 'operations with query parameters that have constraints',
  applies: (operation, contract) => constraintsOn(contract, operation, 'query').length > 0,
  requests: (operation, contract, depth) => brokenInputRequests(contract, operation, 'query', depth),
  run: (_operation, context) => tryBrokenInputs(context, 'query'),
};
