import type { Check } from '../../check.js';
import { badTokenRequests, tryBadTokens } from '../../trial/token-trial.js';

export const tokenMissing: Check = {
  id: 'token-missing',
  family: 'authentication',
  title: 'Without a token, nothing',
  description:
    'Sends valid requests without an Authorization header, with another scheme than Bearer, and with no token after it. ' +
    'Each must get the documented refusal and change nothing.',
  applies: (operation) => operation.security.length > 0,
  requests: (operation, _contract, depth) => (depth === 'smoke' ? 1 : badTokenRequests(operation.method, 3)),
  async run(_operation, context) {
    const none = { what: 'no token', faults: ['missing'], send: { token: null } } as const;
    const others = [
      {
        what: 'another scheme than Bearer',
        faults: ['missing'],
        send: { authorization: 'Basic dXNlcjpwYXNzd29yZA==' },
      },
      { what: 'Bearer without a token', faults: [], send: { authorization: 'Bearer' } },
    ] as const;
    await tryBadTokens(context, context.depth === 'smoke' ? [none] : [none, ...others]);
  },
};
