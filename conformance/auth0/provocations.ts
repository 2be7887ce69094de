import type { Contract, Resource } from '../../spec/contract/contract.js';
import { isObject } from '../../spec/contract/pointer.js';
import type { CheckContext } from '../check.js';
import type { RequestValues } from '../request.js';

/** Changes values that would succeed into ones that get a refusal which only this provider has; nothing if it cannot. */
export type Provocation = (values: RequestValues, context: CheckContext) => Promise<RequestValues | undefined>;

/** By the hook that the problem names in the contract. */
export const provocations: Readonly<Record<string, Provocation>> = {
  'grant-type-unsupported': async (values) => withBody(values, { grant_type: 'urn:rolecall:unknown-grant' }),
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

/** The audience of an API that nobody has a grant for: one that was just created. */
async function newAudience({ contract, stage }: CheckContext): Promise<string | undefined> {
  const granting = grantingResource(contract);
  const audience = granting?.refers.find(({ property }) => property === granting.grants?.audience);
  if (audience === undefined) return undefined;
  const { value } = await stage.fresh(audience.resource);
  const identifier = value[audience.by];
  return typeof identifier === 'string' ? identifier : undefined;
}

function grantingResource(contract: Contract): Resource | undefined {
  return [...contract.resources.values()].find(({ grants }) => grants !== undefined);
}
