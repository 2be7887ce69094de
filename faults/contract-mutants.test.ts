import { expect, it } from 'vitest';
import { embeddedTarget } from '../conformance/target/embedded.js';
import { verifyTarget } from '../conformance/test-support/verify-target.js';
import { defaultContract } from '../contract/load/default.js';
import { contractMutants } from './contract-mutants.js';

const contract = await defaultContract();
const mutants = contractMutants(contract);

/** Changes that only one request of a check can show. `npm run power:mutants` tries all mutants. */
it.each([
  ['invalid-query', 'users.listByEmail: query email minLength 1 becomes 0'],
  ['invalid-query', 'clients.list: query external_client_id minLength 1 becomes 0'],
  ['invalid-query', 'resourceServers.list: query identifiers maxItems 10 becomes 11'],
  ['size-limits', 'organizations.domains.create: body /domain minLength 3 becomes 4'],
  ['resource-listing', 'organizations.list: query sort maxLength 15 becomes 14'],
  ['size-limits', 'groups.list: query fields maxLength 256 becomes 255'],
  ['size-limits', 'organizations.create: body /enabled_connections maxItems 10 becomes 9'],
  ['size-limits', 'organizations.connections.add: body /connection_id minLength 1 becomes 2'],
  ['size-limits', 'roles.update: body /name minLength 1 becomes 2'],
  ['page-limits', 'organizations.list: query page maximum 1000 becomes 999'],
  ['documented-success', 'organizations.clients.update: body /use_for_member_access is required'],
  ['duplicate-refused', 'organizations.domains.create: 409 becomes 422'],
])('%s notices a tenant with the change %s', async (check, title) => {
  const mutant = mutants.find((each) => each.title === title);
  if (mutant === undefined) throw new Error(`There is no mutant "${title}".`);
  const only = [`${mutant.operation}/${check}`];
  const report = await verifyTarget(contract, await embeddedTarget(mutant.contract()), { only });
  expect(report.findings.map((finding) => finding.check)).toContain(check);
});
