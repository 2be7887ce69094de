import type { Contract, Operation, SecurityAlternative } from '../../../contract/contract.js';
import { foreignCredentialsInWords } from '../../client/credentials.js';
import { scopesInWords } from '../text/wording.js';
import { bullets, code, line, section, table } from './markdown.js';

export function scopesSection(contract: Contract, operation: Operation): string {
  const { security } = operation;
  // A document that is silent everywhere does not say that none is asked for.
  if (security.length === 0) return section('Scopes', scopesInWords(contract, operation));
  const foreign = foreignCredentialsInWords(contract, operation);
  const sure = security.filter(({ disputed }) => !disputed);
  const disputed = security.filter((alternative) => alternative.disputed);
  const [only] = sure;
  const rule =
    sure.length === 1 && only !== undefined
      ? `A token with ${naming(only)} is let in.`
      : `A token is let in when it has what one of these lines asks for:\n\n${bullets(sure.map(naming))}`;
  return section(
    'Scopes',
    foreign,
    sure.length > 0 && (foreign === '' || sure.some(({ scopes }) => scopes.length > 0)) ? rule : '',
    ...(disputed.length > 0 ? [disputedScopes(disputed)] : []),
    scopeTable(contract, security),
  );
}

function naming({ scopes, scheme }: SecurityAlternative): string {
  return scopes.length === 0 ? `any scopes, by ${code(scheme)}` : scopes.map(code).join(' and ');
}

function disputedScopes(alternatives: readonly SecurityAlternative[]): string {
  const items = alternatives.map(({ evidence, ...alternative }) => {
    const against = evidence.against === undefined ? '' : `; against it: ${line(evidence.against)}`;
    return `${naming({ evidence, ...alternative })}, says ${line(evidence.source)}${against}`;
  });
  return `The sources disagree about these. Whether they are enough has to be tried:\n\n${bullets(items)}`;
}

function scopeTable(contract: Contract, security: readonly SecurityAlternative[]): string {
  const scopes = [...new Set(security.flatMap((alternative) => alternative.scopes))];
  const rows = scopes.map((scope) => [code(scope), line(contract.scopeDescriptions.get(scope) ?? '')]);
  return rows.some(([, description]) => description !== '') ? table(['Scope', 'What it allows'], rows) : '';
}
