import type { Check } from '../../check.js';
import { type ForgedTrial, tryForgedTokens } from '../../trial/forged-token-trial.js';
import { badTokenRequests } from '../../trial/token-trial.js';

const TRIALS: readonly ForgedTrial[] = [
  { forgery: 'expired', name: 'an expired token', because: 'the token is expired', faults: ['expired', 'other'] },
  {
    forgery: 'not-yet-valid',
    name: 'a token that is not valid yet',
    because: 'the token is not valid yet',
    faults: ['other'],
  },
  {
    forgery: 'audience',
    name: 'a token for another audience',
    because: 'the token is for another audience',
    faults: ['audience', 'other'],
  },
  {
    forgery: 'issuer',
    name: 'a token of another issuer',
    because: 'the token is of another issuer',
    faults: ['other'],
  },
];

export const tokenClaims: Check = {
  id: 'token-claims',
  family: 'authentication',
  title: 'A token with wrong claims is refused',
  description:
    'Sends valid requests with tokens that are expired, not valid yet, for another audience or from another issuer. Each ' +
    'must be refused as documented and change nothing. Left out where the token is not a JSON Web Token and the contract ' +
    'does not ask for one.',
  appliesTo: 'operations with security',
  applies: (operation) => operation.security.length > 0,
  requests: (operation, _contract, depth) =>
    depth === 'smoke' ? 0 : badTokenRequests(operation.method, TRIALS.length),
  run: (_operation, context) => tryForgedTokens(context, TRIALS),
};
