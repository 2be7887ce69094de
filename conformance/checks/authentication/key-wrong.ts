import type { CredentialPlace } from '../../../contract/contract.js';
import type { Check } from '../../check.js';
import { withKey } from '../../target/credential.js';
import { type BadToken, badTokenRequests, tryBadTokens } from '../../trial/token-trial.js';

/** No server knows it. */
const WRONG_KEY = 'rolecall-wrong-key';

export const keyWrong: Check = {
  id: 'key-wrong',
  family: 'authentication',
  title: 'A wrong key is refused',
  description:
    'Sends valid requests without a token, and with an invented key or password in each place where the operation takes ' +
    'one instead of a token. Each must be refused as documented and change nothing.',
  appliesTo: 'operations that take a key or a password instead of a token with scopes',
  applies: ({ keys = [] }) => keys.length > 0,
  requests: ({ method, keys = [] }, _contract, depth) =>
    depth === 'smoke' ? 0 : badTokenRequests(method, keys.length),
  run: ({ keys = [] }, context) => tryBadTokens(context, keys.map(wrongKey)),
};

function wrongKey(place: CredentialPlace): BadToken {
  return {
    because: `the key in ${place.in === 'basic' ? 'Basic credentials' : `${place.in} ${place.name}`} is wrong`,
    faults: [],
    send: { token: null },
    carry: (request) => withKey(request, place, WRONG_KEY),
  };
}
