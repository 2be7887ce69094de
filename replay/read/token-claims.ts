import type { RecordedToken } from '../recorded/recorded-token.js';
import { type Field, fieldOf, listIn, objectIn, optionalStringIn, stringIn } from './field.js';

/**
 * The claims of a token that a recorder wrote in place of the token: `{client?, audience?, scopes}`.
 *
 * @throws ReplayError if they have another form
 */
export function tokenClaimsIn(field: Field): { readonly token?: RecordedToken } {
  if (field.value === undefined || field.value === null) return {};
  objectIn(field);
  const client = optionalStringIn(fieldOf(field, 'client'));
  const audience = optionalStringIn(fieldOf(field, 'audience'));
  return {
    token: {
      ...(client === undefined ? {} : { client }),
      ...(audience === undefined ? {} : { audience }),
      scopes: listIn(fieldOf(field, 'scopes')).map(stringIn),
    },
  };
}
