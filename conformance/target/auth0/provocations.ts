import type { Contract, Resource } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { CheckContext } from '../../check.js';
import type { RequestValues } from '../request.js';

/** Changes values of a valid request so that it gets a provider-specific refusal; absent where that is impossible. */
export type Provocation = (values: RequestValues, context: CheckContext) => Promise<RequestValues | undefined>;

/** By the problem's hook in the contract. */
export const provocations: Readonly<Record<string, Provocation>> = {
  'grant-type-unsupported': async (values) => withBody(values, { grant_type: 'urn:rolecall:unknown-grant' }),
  'grant-type-not-allowed': async (values, context) => {
    const credentials = await clientWithoutGrantType(values, context);
    return credentials === undefined ? undefined : withBody(values, credentials);
  },
  'client-unauthorized': async (values) => withBody(values, { client_secret: 'not-the-secret' }),
  'audience-unknown': async (values) => withBody(values, { audience: 'https://unknown.rolecall.example/' }),
  'grant-missing': async (values, context) => {
    const identifier = await newAudience(context);
    return identifier === undefined ? undefined : withBody(values, { audience: identifier });
  },
};

function withBody(values: RequestValues, changes: Readonly<Record<string, string>>): RequestValues {
  return { ...values, body: { ...(isObject(values.body) ? values.body : {}), ...changes } };
}

/** Credentials of a client that has a client grant for the audience, but not the grant type. */
async function clientWithoutGrantType(
  { body }: RequestValues,
  { contract, fixtures }: CheckContext,
): Promise<Readonly<Record<string, string>> | undefined> {
  const granting = grantingResource(contract);
  const grants = granting?.grants;
  const client = granting?.refers.find(({ property }) => property === grants?.to)?.resource;
  const audience = isObject(body) ? body.audience : undefined;
  if (granting === undefined || grants === undefined || client === undefined || typeof audience !== 'string')
    return undefined;
  const { id, value } = await fixtures.fresh(client, { grant_types: ['authorization_code'] });
  if (typeof value.client_secret !== 'string') return undefined;
  await fixtures.fresh(granting.name, { [grants.to]: id, [grants.audience]: audience, [grants.scopes]: [] });
  return { client_id: id, client_secret: value.client_secret };
}

/** The audience of an API without client grants: one that was just created. */
async function newAudience({ contract, fixtures }: CheckContext): Promise<string | undefined> {
  const granting = grantingResource(contract);
  const audience = granting?.refers.find(({ property }) => property === granting.grants?.audience);
  if (audience === undefined) return undefined;
  const { value } = await fixtures.fresh(audience.resource);
  const identifier = value[audience.by];
  return typeof identifier === 'string' ? identifier : undefined;
}

function grantingResource(contract: Contract): Resource | undefined {
  return [...contract.resources.values()].find(({ grants }) => grants !== undefined);
}
