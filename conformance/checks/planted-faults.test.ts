import { describe, expect, it } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { gatewayFaults } from '../../faults/catalogue.js';
import { faultyTarget } from '../../faults/gateway.js';
import { embeddedTarget } from '../target/embedded.js';
import { pauselessClock } from '../test-support/instant-clock.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** A planted fault, and the check that finds it. */
type Found = readonly [fault: string, check: string, finds: string];

const NEAR = 'shows what does not match';
const PAGES = 'small pages show other entries than large ones';

const found: readonly Found[] = [
  [
    'invitation-of-another',
    'unknown-refused',
    'accepted although the path names an invitation of another organization',
  ],
  ['domain-of-another-changed', 'unknown-refused', 'a discovery-domain of another organization'],
  ['deletion-below-another', 'unknown-refused', 'an invitation of another organization'],
  ['second-filter-ignored', 'resource-listing', `filter app_type ${NEAR}`],
  ['false-party-is-no-filter', 'resource-listing', `filter is_first_party ${NEAR}`],
  ['email-is-a-prefix', 'resource-listing', `filter email ${NEAR}`],
  ['filter-with-wildcards', 'resource-listing', `filter name_filter ${NEAR}`],
  ['one-of-several-values', 'resource-listing', 'filter app_type leaves out what matches'],
  ['filter-after-paging', 'resource-listing', `name_filter, pages: ${PAGES}`],
  ['filter-lost-on-later-pages', 'resource-listing', `audience, pages: ${PAGES}`],
  ['total-without-filter', 'resource-listing', 'the total is not the number of what is selected'],
  ['sort-of-the-page', 'resource-listing', `sort, checkpoints: ${PAGES}`],
  ['cursor-ends-early', 'resource-listing', `checkpoints: ${PAGES}`],
  ['only-one-field', 'fields-shown', 'the properties shown are not the requested one'],
  ['fields-lost-with-totals', 'fields-shown', 'the properties shown are not the requested one'],
  ['listed-after-deletion', 'deleted-is-gone', 'a deleted client is still listed'],
  ['found-by-email-after-deletion', 'deleted-is-gone', 'a deleted user is still listed'],
  ['grants-outlive-their-api', 'cascade', 'a deleted client-grant is still listed'],
  ['answer-of-before', 'updated-is-read', 'the answer to the update shows the former display_name'],
  ['siblings-updated', 'updated-is-read', 'the update changes status of another discovery-domain'],
  ['metadata-replaced', 'property-updates', 'user_metadata is not merged one level deep'],
  ['metadata-merged-deeply', 'property-updates', 'user_metadata is not merged one level deep'],
  ['metadata-merged', 'property-updates', 'metadata is not replaced'],
  ['line-breaks-lost', 'property-updates', 'property description is not what was sent'],
  ['emoji-lost', 'created-is-read', 'property description is not what was sent'],
  ['leading-zeros-lost', 'created-is-read', 'property description is not what was sent'],
  ['default-is-another', 'created-is-read', 'property token_lifetime is not its default'],
  ['password-shown', 'created-is-read', 'property password is shown, although it is only written'],
  ['own-name-is-taken', 'duplicate-refused', 'where the role keeps its name'],
  ['two-at-once-share-a-name', 'duplicate-refused', 'of two at once'],
  ['batch-of-twenty', 'relation-limits', 'the listing by user lacks a role'],
  ['quota-never-freed', 'relation-limits', 'user-roles stays full after a removal'],
  ['unknown-stops-removal', 'all-or-nothing', 'the listing by role wrongly shows a permission'],
  ['user-roles-removed-from-members', 'relations-apart', 'lacks a role after a change of user-roles'],
  ['head-of-unknown-is-200', 'head-and-options', 'HEAD finds what GET does not'],
  ['identifier-is-unknown', 'documented-success', 'where the path has identifier'],
  ['found-by-former-name', 'updated-is-read', 'accepted although no organization has this name any more'],
  ['listing-shows-former-values', 'resource-listing', 'an entry shows the former description after an update'],
  ['total-never-falls', 'page-totals', 'total is not the number of entries on all pages, after all were removed'],
  ['empty-text-ignored', 'property-updates', 'property description'],
  ['charset-is-unsupported', 'odd-bodies', 'status 415 instead of'],
  ['options-shows-the-list', 'head-and-options', 'OPTIONS shows without a token what GET shows with one'],
];

describe('a check finds', { timeout: 60_000 }, () => {
  it.each(found)('%s', async (name, check, finds) => {
    const contract = await defaultContract();
    const planted = gatewayFaults.get(name);
    if (planted === undefined) throw new RangeError(`There is no fault "${name}".`);
    const target = faultyTarget(await embeddedTarget(contract), planted.breaks);
    const only = [`${planted.fault.operation}/${check}`];
    const report = await verifyTarget(contract, target, { only, clock: pauselessClock() });
    // A warning counts: some facts of the contract are inferred.
    const causes = report.findings.filter((finding) => finding.check === check).map(({ cause }) => cause);
    expect(causes.join('; ')).toContain(finds);
  });
});
