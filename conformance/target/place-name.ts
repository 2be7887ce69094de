import type { CredentialPlace } from '../../contract/contract.js';

const WORDS = { header: 'header', query: 'query parameter', cookie: 'cookie' } as const;

/** The place of a key in words: `header "X-Key"`. */
export function placeName({ in: place, name }: Exclude<CredentialPlace, { readonly in: 'basic' }>): string {
  return `${WORDS[place]} "${name}"`;
}
