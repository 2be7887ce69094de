import type { Check } from '../../check.js';
import { type BadToken, badTokenRequests, tryBadTokens } from '../../trial/token-trial.js';

const TOKENS: readonly BadToken[] = [
  { because: 'the token is one word', faults: ['malformed'], send: { authorization: 'Bearer opaque' } },
  {
    because: 'the token has two parts',
    faults: ['malformed'],
    // { "alg": "RS256" }, with spaces: what begins as the token of the run does is masked in reports and commands.
    send: { authorization: 'Bearer eyAiYWxnIjogIlJTMjU2IiB9.e30' },
  },
  { because: 'the token is three parts of garbage', faults: [], send: { authorization: 'Bearer gar.ba.ge' } },
  { because: 'the token is three empty parts', faults: [], send: { authorization: 'Bearer ..' } },
];

export const tokenMalformed: Check = {
  id: 'token-malformed',
  family: 'authentication',
  title: 'A malformed token is refused',
  description:
    'Sends valid requests with tokens that cannot be decoded: not three parts, or three parts of garbage. Each must get ' +
    'the documented refusal and change nothing.',
  appliesTo: 'operations with security',
  applies: (operation) => operation.security.length > 0,
  requests: (operation, _contract, depth) =>
    depth === 'smoke' ? 0 : badTokenRequests(operation.method, TOKENS.length),
  run: (_operation, context) => tryBadTokens(context, TOKENS),
};
