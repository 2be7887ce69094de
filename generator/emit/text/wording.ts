import type { Cause, Contract, Evidence, Operation, Response, TokenFault } from '../../../contract/contract.js';
import { limitsOf, type Quota } from '../limits.js';

/** A sentence or two on the scopes: what opens, and what the sources do not agree on. Empty where no document says. */
export function scopesInWords({ operations }: Contract, { security }: Operation): string {
  if (security.length === 0) {
    return operations.some((operation) => operation.security.length > 0) ? 'No token is asked for.' : '';
  }
  const alternatives = (disputed: boolean) => [
    ...new Set(
      security
        .filter((alternative) => alternative.disputed === disputed && alternative.scopes.length > 0)
        .map(({ scopes }) => scopes.map((scope) => `\`${scope}\``).join(' with ')),
    ),
  ];
  const [sure, disputed] = [alternatives(false), alternatives(true)];
  if (sure.length + disputed.length === 0) return 'A token is asked for, with any scope.';
  const said = sure.length > 0 ? `Scopes: ${sure.join(', or ')}.` : 'Scopes: the sources contradict each other.';
  return disputed.length > 0 ? `${said} Disputed: ${disputed.join(', or ')}.` : said;
}

/** A sentence for each limit that a caller can meet. */
export function limitsInWords(contract: Contract, operation: Operation): readonly string[] {
  const { lists, page, quotas } = limitsOf(contract, operation);
  return [
    ...lists.map(({ pointer, least, most }) => {
      const what = pointer === '' ? 'entries' : `\`${pointer.slice(1)}\``;
      if (most === undefined) return `At least ${least} ${what} a request.`;
      return least === undefined ? `At most ${most} ${what} a request.` : `${least} to ${most} ${what} a request.`;
    }),
    ...(page ? [`At most ${page.most} a page (\`${page.parameter}\`).`] : []),
    ...quotas.map(quotaInWords),
  ];
}

function quotaInWords({ of, per, max, disputed, evidence }: Quota): string {
  const each = per.length === 0 ? 'in all' : `for each ${per.join(' and ')}`;
  const doubt = disputed === undefined ? '' : `; another source says ${disputed}`;
  return `At most ${max} \`${of}\` ${each} (${evidence.grade}${doubt}).`;
}

/** `404: The user is unknown. Unknown user (`inexistent_user`).` */
export function answerInWords({ status, description, problems }: Response): string {
  const causes = problems.map(
    ({ name, when, errorCode }) =>
      // The reason why a cause cannot be provoked is for those who check servers.
      (when.kind === 'never' ? name.replaceAll('-', ' ') : causeInWords(when)) +
      (errorCode === undefined ? '' : ` (\`${errorCode}\`)`),
  );
  const said = description.trim() === '' ? '' : ` ${description.trim()}`;
  return causes.length === 0 ? `${status}:${said}` : `${status}:${said} Causes: ${causes.join(', ')}.`;
}

const tokenFaults: Readonly<Record<TokenFault, string>> = {
  missing: 'no token',
  malformed: 'a token that is not a JSON Web Token',
  signature: 'a wrong signature',
  expired: 'an expired token',
  audience: 'a token for another audience',
  other: 'a token that is refused',
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
      return `a page past record ${cause.max}`;
    case 'unknown':
      return `an unknown ${cause.of}`;
    case 'duplicate':
      return `a ${cause.of} that exists already`;
    case 'full':
      return `no room for more ${cause.of}`;
    case 'rate':
      return 'too many requests';
    case 'hook':
      return cause.name.replaceAll('-', ' ');
  }
}

/** `recorded, recordings of 2023 (12 times); against: the official document`; empty where nothing is known. */
export function evidenceInWords({ grade, source, seen, against }: Evidence): string {
  if (grade === 'unknown') return '';
  const times = seen === undefined ? '' : ` (${seen} times)`;
  return `${grade}, ${source}${times}${against === undefined ? '' : `; against: ${against}`}`;
}
