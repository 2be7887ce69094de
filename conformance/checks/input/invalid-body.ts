import type { Operation } from '../../../contract/contract.js';
import { FORM } from '../../../contract/http/media-type.js';
import type { Check, CheckContext } from '../../check.js';
import { fitsRequest } from '../../fixtures/fitting-value.js';
import { buildRequest } from '../../target/request.js';
import { bodyMedia } from '../../target/request-body.js';
import { brokenInputRequests, constraintsOn, tryBrokenInputs } from '../../trial/broken-input-trial.js';
import { isInvalid, refusalFor } from '../../trial/expected-refusal.js';
import { refusalTrial } from '../../trial/refusal-trial.js';

export const invalidBody: Check = {
  id: 'invalid-body',
  family: 'input',
  title: 'A body that violates one constraint is refused',
  description:
    'Takes a valid body and violates one constraint of its schema at a time, at the boundary and at random: a wrong type, ' +
    'a missing or undeclared property, a text too long or against the pattern. Each must get the documented refusal with ' +
    'its errorCode and change nothing.',
  appliesTo: 'operations with a request body that has constraints',
  applies: (operation, contract) => constraintsOn(contract, operation, 'body').length > 0,
  requests: (operation, contract, depth) => brokenInputRequests(contract, operation, 'body', depth),
  async run(operation, context) {
    if (operation.effect?.on === 'hook' && context.tokens.metered) {
      context.skip('Provider-specific operations are rate-limited here.', 'budget');
    }
    if (operation.requestBody?.required && !mayBeEmpty(operation, context)) {
      const values = await context.fixtures.valid(operation);
      const { body: _body, ...without } = values;
      const expected = refusalFor(operation, isInvalid('body'), 'there is no body');
      const { violations } = await refusalTrial(context, values).refused(buildRequest(operation, without), expected);
      context.report(...violations);
    }
    await tryBrokenInputs(context, 'body');
  },
};

/** A form without fields is an empty text, as no body is; null may be sent as nothing. */
function mayBeEmpty(operation: Operation, { contract }: CheckContext): boolean {
  const { type, schema = {} } = bodyMedia(operation) ?? {};
  return fitsRequest(contract, schema, null) || (type === FORM && fitsRequest(contract, schema, {}));
}
