import type { Check } from '../check.js';
import { allOrNothing } from './all-or-nothing.js';
import { cascade } from './cascade.js';
import { clientAgrees } from './client-agrees.js';
import { createdIsRead } from './created-is-read.js';
import { deletedIsGone } from './deleted-is-gone.js';
import { documentedSuccess } from './documented-success.js';
import { duplicateEntries } from './duplicate-entries.js';
import { duplicateRefused } from './duplicate-refused.js';
import { fieldsShown } from './fields-shown.js';
import { headAndOptions } from './head-and-options.js';
import { hostileIdsRefused } from './hostile-ids.js';
import { invalidBody } from './invalid-body.js';
import { invalidPath } from './invalid-path.js';
import { invalidQuery } from './invalid-query.js';
import { oddBodies } from './odd-bodies.js';
import { pageLimits } from './page-limits.js';
import { pagesAddUp } from './pages-add-up.js';
import { parallelRequests } from './parallel-requests.js';
import { providerRefusals } from './provider-refusals.js';
import { rateLimitHeaders } from './rate-limit-headers.js';
import { rateLimitRecovery } from './rate-limit-recovery.js';
import { relationLimits } from './relation-limits.js';
import { relationModel } from './relation-model.js';
import { relationShows } from './relation-shows.js';
import { resourceLimits } from './resource-limits.js';
import { resourceListing } from './resource-listing.js';
import { scopeAlternatives } from './scope-alternatives.js';
import { setsInside } from './sets-inside.js';
import { sizeLimits } from './size-limits.js';
import { tokenClaims } from './token-claims.js';
import { tokenForged } from './token-forged.js';
import { tokenMalformed } from './token-malformed.js';
import { tokenMissing } from './token-missing.js';
import { unknownMethod } from './unknown-method.js';
import { unknownPath } from './unknown-path.js';
import { unknownRefused } from './unknown-refused.js';
import { updatedIsRead } from './updated-is-read.js';

/** Every check, family by family, the quick ones first. A new one is a file beside this one and a line here. */
export const checks: readonly Check[] = [
  documentedSuccess,
  unknownRefused,
  duplicateRefused,
  providerRefusals,

  invalidBody,
  invalidQuery,
  invalidPath,

  tokenMissing,
  tokenMalformed,
  tokenForged,
  tokenClaims,

  scopeAlternatives,

  sizeLimits,
  pageLimits,
  relationLimits,
  resourceLimits,
  rateLimitHeaders,
  rateLimitRecovery,

  createdIsRead,
  updatedIsRead,
  deletedIsGone,
  relationModel,
  relationShows,
  setsInside,
  allOrNothing,
  cascade,
  parallelRequests,
  pagesAddUp,
  resourceListing,
  fieldsShown,

  hostileIdsRefused,
  duplicateEntries,
  oddBodies,
  unknownMethod,
  unknownPath,
  headAndOptions,

  clientAgrees,
];
