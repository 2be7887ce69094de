import type { Problem, TokenFault } from '../../../contract/contract.js';
import { capital, inWords } from '../text/names.js';
import { line } from './markdown.js';

/** A cause in words, and the remedy if the contract has none. */
export interface CauseInWords {
  readonly cause: string;
  readonly remedy: string;
}

const TOKEN: Readonly<Record<TokenFault, CauseInWords>> = {
  missing: {
    cause: 'The Authorization header is missing or does not use the Bearer scheme.',
    remedy: 'Send the token as `Authorization: Bearer`.',
  },
  malformed: { cause: 'The token is not a JSON Web Token.', remedy: 'Send the token as it was issued.' },
  signature: { cause: "The token's signature is invalid.", remedy: 'Request a token from the right issuer.' },
  expired: { cause: 'The token has expired.', remedy: 'Request a new token.' },
  audience: { cause: 'The token is for another audience.', remedy: 'Request a token for this API.' },
  other: { cause: 'The token is rejected.', remedy: 'Request a new token.' },
};

const PARTS = { path: 'path', query: 'query', body: 'request body' } as const;

export function causeInWords({ name, when }: Pick<Problem, 'name' | 'when'>): CauseInWords {
  switch (when.kind) {
    case 'token':
      return TOKEN[when.fault];
    case 'scope':
      return {
        cause: 'The token lacks a scope.',
        remedy: 'Grant the scope to the client, then request a new token.',
      };
    case 'invalid':
      return {
        cause: `The ${PARTS[when.part]} is invalid.`,
        remedy: 'Correct what the message names. The same request fails again.',
      };
    case 'beyond':
      return {
        cause: `The page is beyond the first ${when.max} records.`,
        remedy: 'Request earlier pages, or use checkpoints if the listing supports them.',
      };
    case 'unknown':
      return { cause: `The ${inWords(when.of)} does not exist.`, remedy: 'Check the id, or create it first.' };
    case 'duplicate':
      return {
        cause: `Another ${inWords(when.of)} has the same unique values.`,
        remedy: 'Use the existing one, or other values.',
      };
    case 'full':
      return {
        cause: `The limit of ${inWords(when.of)} is reached.`,
        remedy: 'Remove some first. See Limits on this page.',
      };
    case 'unsupported':
      return {
        cause: `The operation does not take this kind of ${inWords(when.of)}.`,
        remedy: 'Name one of another kind.',
      };
    case 'rate':
      return {
        cause: 'Too many requests were sent.',
        remedy: 'Wait for the rate limit, then send the same request again.',
      };
    case 'hook':
      return { cause: `${capital(inWords(name))}.`, remedy: 'Read the message.' };
    case 'never':
      return {
        cause: `${capital(inWords(name))}. When this happens is not certain: ${line(when.reason)}.`,
        remedy: 'Read the message.',
      };
  }
}
