import type { Check } from '../../check.js';
import { brokenInputRequests, constraintsOn, tryBrokenInputs } from '../../trial/broken-input-trial.js';

export const invalidPath: Check = {
  id: 'invalid-path',
  family: 'input',
  title: 'A path that violates one constraint is refused',
  description:
    'Gives one path parameter a value that its schema does not allow, such as an id that is too long. Each must get the ' +
    'documented refusal with its errorCode and change nothing.',
  appliesTo: 'operations with path parameters that have constraints',
  applies: (operation, contract) =>
    constraintsOn(contract, operation, 'path').some(({ boundary }) => boundary.length > 0),
  requests: (operation, contract, depth) => brokenInputRequests(contract, operation, 'path', depth),
  run: (_operation, context) => tryBrokenInputs(context, 'path'),
};
