import type { Check } from '../../check.js';
import { type ForgedTrial, tryForgedTokens } from '../../trial/forged-token-trial.js';
import { badTokenRequests } from '../../trial/token-trial.js';

const TRIALS: readonly ForgedTrial[] = [
  {
    forgery: 'tampered',
    name: 'a token with changed claims',
    because: "the token's claims were changed",
    faults: ['signature', 'other'],
  },
  {
    forgery: 'foreign-key',
    name: 'a token signed by a foreign key',
    because: 'the token is signed by a foreign key',
    faults: ['signature', 'other'],
  },
  { forgery: 'none', name: 'a token with alg none', because: 'the token has alg none', faults: [] },
  {
    forgery: 'hmac',
    name: 'a token signed with the public key as HMAC secret',
    because: 'the token is signed with the public key as HMAC secret',
    faults: [],
  },
];

export const tokenForged: Check = {
  id: 'token-forged',
  family: 'authentication',
  title: 'A forged token is refused',
  description:
    'Sends valid requests with tokens that the issuer did not sign: changed claims, a foreign key, alg none, HMAC with ' +
    'the public key as the secret. Each must be refused as documented and change nothing. ' +
    'Left out where the token is not a JSON Web Token and the contract does not ask for one.',
  appliesTo: 'operations with security',
  applies: (operation) => operation.security.length > 0,
  requests: (operation, _contract, depth) =>
    depth === 'smoke' ? 0 : badTokenRequests(operation.method, TRIALS.length),
  run: (_operation, context) => tryForgedTokens(context, TRIALS),
};
