import type { Attack } from './attack.js';
import { hostileServers } from './client/client.js';
import { hostileContracts } from './contracts/contracts.js';
import { kills } from './kills/kills.js';
import { hostileRecordings } from './recordings/recordings.js';
import { requestsOverHttp } from './tenant/http.js';
import { requestsInProcess } from './tenant/requests.js';
import { forgedTokens } from './tenant/tokens.js';
import { hostileTargets } from './verify/verify.js';

/** All attacks, in the order in which they run. */
export const attacks: readonly Attack[] = [
  requestsInProcess,
  requestsOverHttp,
  forgedTokens,
  hostileContracts,
  hostileTargets,
  hostileServers,
  hostileRecordings,
  kills,
];
