import type { Cause, Contract, Evidence, Operation, Response, TokenFault } from '../../../contract/contract.js';
import { NO_EVIDENCE } from '../../../contract/evidence.js';
import { foreignCredentialsInWords } from '../../client/credentials.js';
import { requirementsOf } from '../../client/security.js';
import { limitsOf, type Quota } from '../limits.js';

/** One or two sentences about scopes: the sufficient ones, and those the sources disagree about. Empty if unknown. */
export function scopesInWords(contract: Contract, operation: Operation): string {
  const { security } = operation;
  if (security.length === 0) {
    if (requirementsOf(contract, operation)?.length) return 'A token is optional.';
    return contract.operations.some((one) => one.security.length > 0) ? 'Needs no token.' : '';
  }
  const alternatives = (disputed: boolean) => [
    ...new Set(
      security
        .filter((alternative) => alternative.disputed === disputed && alternative.scopes.length > 0)
        .map(({ scopes }) => scopes.map((scope) => `\`${scope}\``).join(' with ')),
    ),
  ];
  const [sure, disputed] = [alternatives(false), alternatives(true)];
  if (sure.length + disputed.length === 0) {
    return contract.scopes.length === 0 ? 'Needs a token.' : 'Needs a token with any scope.';
  }
  const known = sure.length > 0 ? `Scopes: ${sure.join(', or ')}.` : 'Scopes: the sources disagree.';
  return disputed.length > 0 ? `${known} Disputed: ${disputed.join(', or ')}.` : known;
}

/** The scopes and the credentials of an operation. Credentials without scopes are not tokens. */
export function accessInWords(contract: Contract, operation: Operation): string {
  const foreign = foreignCredentialsInWords(contract, operation);
  if (foreign === '') return scopesInWords(contract, operation);
  const scoped = operation.security.some(({ scopes }) => scopes.length > 0);
  return scoped ? `${scopesInWords(contract, operation)} ${foreign}` : foreign;
}

/** One sentence per limit that a caller can reach. */
export function limitsInWords(contract: Contract, operation: Operation): readonly string[] {
  const { lists, page, quotas } = limitsOf(contract, operation);
  return [
    ...lists.map(({ pointer, least, most }) => {
      const what = pointer === '' ? 'entries' : `\`${pointer.slice(1)}\``;
      if (most === undefined) return `At least ${least} ${what} per request.`;
      return least === undefined ? `At most ${most} ${what} per request.` : `${least} to ${most} ${what} per request.`;
    }),
    ...(page ? [`At most ${page.most} per page (\`${page.parameter}\`).`] : []),
    ...quotas.map(quotaInWords),
  ];
}

function quotaInWords({ of, per, max, disputed, evidence }: Quota): string {
  const each = per.length === 0 ? 'in total' : `per ${per.join(' and ')}`;
  const doubt = disputed === undefined ? '' : `; another source says ${disputed}`;
  return `At most ${max} \`${of}\` ${each} (${evidence.grade}${doubt}).`;
}

/** `404: The user does not exist. Causes: an unknown user (`inexistent_user`).` */
export function responseInWords({ status, description, problems }: Response): string {
  const causes = problems.map(
    ({ name, when, errorCode }) =>
      // The reason why a cause cannot be provoked only matters to `verify`.
      (when.kind === 'never' ? name.replaceAll('-', ' ') : causeInWords(when)) +
      (errorCode === undefined ? '' : ` (\`${errorCode}\`)`),
  );
  const text = description.trim() === '' ? '' : ` ${description.trim()}`;
  return causes.length === 0 ? `${status}:${text}` : `${status}:${text} Causes: ${causes.join(', ')}.`;
}

const tokenFaults: Readonly<Record<TokenFault, string>> = {
  missing: 'no token',
  malformed: 'a token that is not a JSON Web Token',
  signature: 'a wrong signature',
  expired: 'an expired token',
  audience: 'a token for another audience',
  other: 'a rejected token',
};

function causeInWords(cause: Exclude<Cause, { readonly kind: 'never' }>): string {
  switch (cause.kind) {
    case 'token':
      return tokenFaults[cause.fault];
    case 'scope':
      return 'a missing scope';
    case 'invalid':
      return `an invalid ${cause.part}`;
    case 'beyond':
      return `a page beyond record ${cause.max}`;
    case 'unknown':
      return `an unknown ${cause.of}`;
    case 'duplicate':
      return `a duplicate ${cause.of}`;
    case 'full':
      return `the limit of ${cause.of} is reached`;
    case 'unsupported':
      return `an unsupported kind of ${cause.of}`;
    case 'rate':
      return 'too many requests';
    case 'hook':
      return cause.name.replaceAll('-', ' ');
  }
}

/** `recorded, recordings of 2023 (12 times); against: the official document`; empty if nothing is known. */
export function evidenceInWords({ grade, source, seen, against }: Evidence): string {
  // Without evidence in the contract, the grade is only the default.
  if (grade === 'unknown' || source === NO_EVIDENCE.source) return '';
  const times = seen === undefined ? '' : ` (${seen} times)`;
  return `${grade}, ${source}${times}${against === undefined ? '' : `; against: ${against}`}`;
}
