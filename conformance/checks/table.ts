import type { Check } from '../check.js';
import { keyWrong } from './authentication/key-wrong.js';
import { tokenClaims } from './authentication/token-claims.js';
import { tokenForged } from './authentication/token-forged.js';
import { tokenMalformed } from './authentication/token-malformed.js';
import { tokenMissing } from './authentication/token-missing.js';
import { clientAgrees } from './client/client-agrees.js';
import { invalidBody } from './input/invalid-body.js';
import { invalidPath } from './input/invalid-path.js';
import { invalidQuery } from './input/invalid-query.js';
import { kindRequirements } from './input/kind-requirements.js';
import { pageLimits } from './limits/page-limits.js';
import { rateLimitHeaders } from './limits/rate-limit-headers.js';
import { rateLimitRecovery } from './limits/rate-limit-recovery.js';
import { relationLimits } from './limits/relation-limits.js';
import { resourceLimits } from './limits/resource-limits.js';
import { sizeLimits } from './limits/size-limits.js';
import { duplicateEntries } from './protocol/duplicate-entries.js';
import { headAndOptions } from './protocol/head-and-options.js';
import { hostileIdsRefused } from './protocol/hostile-ids.js';
import { idSpellings } from './protocol/id-spellings.js';
import { oddBodies } from './protocol/odd-bodies.js';
import { unknownMethod } from './protocol/unknown-method.js';
import { unknownPath } from './protocol/unknown-path.js';
import { scopeAlternatives } from './scopes/scope-alternatives.js';
import { allOrNothing } from './state/all-or-nothing.js';
import { cascade } from './state/cascade.js';
import { createdIsRead } from './state/created-is-read.js';
import { deletedIsGone } from './state/deleted-is-gone.js';
import { fieldsShown } from './state/fields-shown.js';
import { pageTotals } from './state/page-totals.js';
import { pagesAddUp } from './state/pages-add-up.js';
import { parallelRequests } from './state/parallel-requests.js';
import { propertyUpdates } from './state/property-updates.js';
import { readsAfterWrites } from './state/reads-after-writes.js';
import { relationModel } from './state/relation-model.js';
import { relationShows } from './state/relation-shows.js';
import { relationsApart } from './state/relations-apart.js';
import { renewedValue } from './state/renewed-value.js';
import { resourceListing } from './state/resource-listing.js';
import { setsInside } from './state/sets-inside.js';
import { updatedIsRead } from './state/updated-is-read.js';
import { documentedSuccess } from './status-and-shape/documented-success.js';
import { duplicateRefused } from './status-and-shape/duplicate-refused.js';
import { providerRefusals } from './status-and-shape/provider-refusals.js';
import { unknownRefused } from './status-and-shape/unknown-refused.js';

/** Every check, family by family, the quick ones first. A new one is a file beside this one and a line here. */
export const checks: readonly Check[] = [
  documentedSuccess,
  unknownRefused,
  duplicateRefused,
  providerRefusals,

  invalidBody,
  invalidQuery,
  invalidPath,
  kindRequirements,

  tokenMissing,
  tokenMalformed,
  tokenForged,
  tokenClaims,
  keyWrong,

  scopeAlternatives,

  sizeLimits,
  pageLimits,
  relationLimits,
  resourceLimits,
  rateLimitHeaders,
  rateLimitRecovery,

  createdIsRead,
  updatedIsRead,
  renewedValue,
  propertyUpdates,
  readsAfterWrites,
  deletedIsGone,
  relationModel,
  relationShows,
  setsInside,
  allOrNothing,
  cascade,
  relationsApart,
  parallelRequests,
  pagesAddUp,
  pageTotals,
  resourceListing,
  fieldsShown,

  hostileIdsRefused,
  idSpellings,
  duplicateEntries,
  oddBodies,
  unknownMethod,
  unknownPath,
  headAndOptions,

  clientAgrees,
];
