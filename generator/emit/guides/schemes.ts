import type { Contract, JsonObject } from '../../../contract/contract.js';
import { entriesOf, objectOr, stringOr } from '../../../contract/json/json-value.js';
import { securitySchemeNames, securitySchemeOf } from '../../../contract/security-schemes.js';
import { credentialFor } from '../../client/credentials.js';
import { requirementsOf } from '../../client/security.js';
import { bullets, code, prose } from '../reference/markdown.js';

/** What the document says of each security scheme that an operation uses. */
export function schemeParagraphs(contract: Contract): readonly string[] {
  const used = new Set(contract.operations.flatMap((operation) => (requirementsOf(contract, operation) ?? []).flat()));
  return securitySchemeNames(contract)
    .filter((name) => used.has(name))
    .flatMap((name) => {
      const scheme = securitySchemeOf(contract, name);
      const { words } = credentialFor(contract, name);
      return [
        // A token alone is what the guide is about.
        used.size > 1 || words !== '' ? `${code(name)} is ${words === '' ? 'a bearer token' : words}.` : '',
        prose(stringOr(scheme.description)),
        scheme.deprecated === true ? `The security scheme ${code(name)} is deprecated.` : '',
        ...flowList(name, scheme),
      ];
    });
}

/**
 * The flows in which a user signs in, with the URLs in the order of their use. Client credentials have a section.
 *
 * @see OpenAPI 3.2, section 4.29
 */
const FLOWS: Readonly<Record<string, readonly [label: string, ...urls: (readonly [field: string, use: string])[]]>> = {
  authorizationCode: ['Authorization code', ['authorizationUrl', 'sign in at'], ['tokenUrl', 'get the token at']],
  deviceAuthorization: [
    'Device authorization',
    ['deviceAuthorizationUrl', 'request a code at'],
    ['tokenUrl', 'get the token at'],
  ],
  implicit: ['Implicit', ['authorizationUrl', 'sign in at']],
  password: ['Password', ['tokenUrl', 'get the token at']],
};

function flowList(name: string, { flows }: JsonObject): readonly string[] {
  const declared = entriesOf(flows).flatMap(([flow, urls]) => {
    const [label, ...steps] = FLOWS[flow] ?? [];
    if (label === undefined) return [];
    const written = steps.flatMap(([field, use]) => {
      const url = stringOr(objectOr(urls)[field]);
      return url === '' ? [] : [`${use} ${code(url)}`];
    });
    return [written.length === 0 ? label : `${label}: ${written.join(', ')}`];
  });
  if (declared.length === 0) return [];
  return [
    `${code(name)} has these OAuth 2.0 flows for users. The generated client takes the token, and does not run a flow:`,
    bullets(declared),
  ];
}
