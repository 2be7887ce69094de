import { type GivenHeaders, maskOf } from '../target/given-headers.js';
import type { Credentials } from '../target/target.js';
import type { Redactor } from './redact.js';

/** What a user gives a run to be let in. */
export interface GivenCredentials {
  readonly credentials: Credentials;
  readonly headers?: GivenHeaders;
}

/** Masks what a user gives a run. Before the first request: an answer to it may repeat them. */
export function hideCredentials(redactor: Redactor, { credentials, headers = {} }: GivenCredentials): void {
  const { client, token, scoped = [] } = credentials;
  for (const { value } of scoped) redactor.hide(value, '$TOKEN');
  if (client !== undefined) redactor.hide(client.secret, '$CLIENT_SECRET');
  if (token !== undefined) redactor.hide(token, '$TOKEN');
  for (const [name, value] of Object.entries(headers)) {
    const mask = maskOf(name);
    if (mask !== undefined) redactor.hide(value, mask);
  }
}
