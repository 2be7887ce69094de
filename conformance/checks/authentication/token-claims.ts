import type { Check } from '../../check.js';
import { type ForgedTrial, tryForgedTokens } from '../../trial/forged-token-trial.js';
import { badTokenRequests } from '../../trial/token-trial.js';

const TRIALS: readonly ForgedTrial[] = [
  { forgery: 'expired', what: 'an expired token', faults: ['expired', 'other'] },
  { forgery: 'not-yet-valid', what: 'a token that is not valid yet', faults: ['other'] },
  { forgery: 'audience', what: 'a token for another audience', faults: ['audience', 'other'] },
  { forgery: 'issuer', what: 'a token of another issuer', faults: ['other'] },
];

export const tokenClaims: Check = {
  id: 'token-claims',
  family: 'authentication',
  title: 'A token for another time or place is refused',
  description:
    'Sends valid requests with tokens that are expired, not valid yet, for another audience or of another issuer. Each ' +
    'must be refused as documented and change nothing.',
  applies: (operation) => operation.security.length > 0,
  requests: (operation, _contract, depth) =>
    depth === 'smoke' ? 0 : badTokenRequests(operation.method, TRIALS.length),
  run: (_operation, context) => tryForgedTokens(context, TRIALS),
};
