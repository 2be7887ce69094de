import { acceptedCredentials } from '../../contract/accepted-credentials.js';
import type { Contract } from '../../contract/contract.js';

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
  switch (first.in) {
    case 'basic':
      return 'ROLECALL_TOKEN to user:password';
    case 'header':
      return `ROLECALL_TOKEN to the value of the header "${first.name}"`;
    case 'query':
      return `ROLECALL_TOKEN to the value of the query parameter "${first.name}"`;
    case 'cookie':
      return `ROLECALL_TOKEN to the value of the cookie "${first.name}"`;
  }
}
