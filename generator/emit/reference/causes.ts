import type { Cause, TokenFault } from '../../../contract/contract.js';
import { code, line } from './markdown.js';

/** A cause in words for a reader of a table, and what can be done about it where the contract does not say. */
export interface CauseInWords {
  readonly cause: string;
  readonly remedy: string;
}

const TOKEN: Readonly<Record<TokenFault, CauseInWords>> = {
  missing: {
    cause: 'The request has no Authorization header, or one of another scheme than Bearer.',
    remedy: 'Send the token as `Authorization: Bearer`.',
  },
  malformed: { cause: 'The token is no JSON Web Token.', remedy: 'Send the token as it was issued.' },
  signature: { cause: "The token's signature is wrong.", remedy: 'Ask the right issuer for a token.' },
  expired: { cause: 'The token has expired.', remedy: 'Ask for a new token.' },
  audience: { cause: 'The token is for another audience.', remedy: 'Ask for a token for this API.' },
  other: { cause: 'The token is refused.', remedy: 'Ask for a new token.' },
};

const PARTS = { path: 'path', query: 'query', body: 'request body' } as const;

export function causeInWords(when: Cause): CauseInWords {
  switch (when.kind) {
    case 'token':
      return TOKEN[when.fault];
    case 'scope':
      return {
        cause: 'The token lacks a scope.',
        remedy: 'Give the client the scope, then ask for a new token.',
      };
    case 'invalid':
      return {
        cause: `The ${PARTS[when.part]} is not what is asked for.`,
        remedy: 'Correct what the message names; the same request fails again.',
      };
    case 'beyond':
      return {
        cause: `The page reaches past the first ${when.max} records.`,
        remedy: 'Ask for earlier pages, or walk the listing by checkpoint where it has one.',
      };
    case 'unknown':
      return { cause: `The ${naming(when.of)} does not exist.`, remedy: 'Check the id, or create it first.' };
    case 'duplicate':
      return {
        cause: `Another ${naming(when.of)} has the same unique values.`,
        remedy: 'Use the one that exists, or other values.',
      };
    case 'full':
      return {
        cause: `There is no room for more ${naming(when.of)}.`,
        remedy: 'Remove some first; the limits of this page say how many fit.',
      };
    case 'rate':
      return {
        cause: 'Too many requests were sent.',
        remedy: 'Wait until the limit has recovered, then send the same request again.',
      };
    case 'hook':
      return { cause: `Decided by ${code(when.name)}.`, remedy: 'Read the message.' };
    case 'never':
      return {
        cause: `Cannot be provoked on purpose: ${line(when.reason)}.`,
        remedy: 'Read the message.',
      };
  }
}

/** `resource-server` is a `resource server`. */
function naming(name: string): string {
  return name.replaceAll('-', ' ');
}
