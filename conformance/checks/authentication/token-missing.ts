import type { Check } from '../../check.js';
import { type BadToken, badTokenRequests, tryBadTokens } from '../../trial/token-trial.js';

const NO_TOKEN: BadToken = { because: 'there is no token', faults: ['missing'], send: { token: null } };
/** One instance of several, or one handler of a route, may not check tokens. */
const TIMES = 6;

const INCOMPLETE: readonly BadToken[] = [
  {
    because: 'the scheme is not Bearer',
    faults: ['missing'],
    send: { authorization: 'Basic dXNlcjpwYXNzd29yZA==' },
  },
  { because: 'there is no token after Bearer', faults: [], send: { authorization: 'Bearer' } },
];

export const tokenMissing: Check = {
  id: 'token-missing',
  family: 'authentication',
  title: 'A request without a token is refused',
  description:
    'Sends valid requests without an Authorization header, several times, with another scheme than Bearer, and with no ' +
    'token after Bearer. Each must get the documented refusal and change nothing.',
  appliesTo: 'operations with security',
  applies: (operation) => operation.security.length > 0,
  requests: (operation, _contract, depth) =>
    depth === 'smoke' ? 1 : badTokenRequests(operation.method, 1 + INCOMPLETE.length) + TIMES - 1,
  run: (_operation, context) =>
    tryBadTokens(context, context.depth === 'smoke' ? [NO_TOKEN] : [{ ...NO_TOKEN, times: TIMES }, ...INCOMPLETE]),
};
