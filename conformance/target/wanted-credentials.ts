import { acceptedCredentials } from '../../contract/accepted-credentials.js';
import type { Contract } from '../../contract/contract.js';
import { placeName } from './place-name.js';

/** What to set so that requests have the credentials of the document: a client, a token, or what stands where it says. */
export function wantedCredentials({ operations }: Contract): string {
  const places = operations.flatMap((operation) =>
    acceptedCredentials(operation)
      .slice(0, 1)
      .map(({ place }) => place),
  );
  const token = 'ROLECALL_CLIENT_ID and ROLECALL_CLIENT_SECRET, or ROLECALL_TOKEN';
  const [first] = places;
  if (first === undefined || places.some((place) => place === undefined)) return token;
  const value = first.in === 'basic' ? 'user:password' : `the value of the ${placeName(first)}`;
  return `ROLECALL_TOKEN to ${value}`;
}
