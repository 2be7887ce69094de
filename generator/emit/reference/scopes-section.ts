import type { Contract, Operation, SecurityAlternative } from '../../../contract/contract.js';
import { foreignCredentialsInWords } from '../../client/credentials.js';
import type { PageContext } from '../pages/page-context.js';
import { scopesInWords } from '../text/wording.js';
import { bullets, code, line, section, table } from './markdown.js';

export function scopesSection(page: PageContext, operation: Operation): string {
  const { contract } = page;
  const { security } = operation;
  // If no operation has security, the document does not say whether tokens are needed.
  if (security.length === 0) return section('Scopes', scopesInWords(contract, operation));
  const foreign = foreignCredentialsInWords(contract, operation);
  const sure = security.filter(({ disputed }) => !disputed);
  const disputed = security.filter((alternative) => alternative.disputed);
  const [only] = sure;
  if (contract.scopes.length === 0) {
    const schemes = [...new Set(security.map(({ scheme }) => code(scheme)))].join(' or ');
    return section('Scopes', foreign === '' ? `Requires a token (${schemes}).` : foreign);
  }
  const start = foreign === '' ? 'Requires a token with' : 'The token needs';
  const rule =
    sure.length === 1 && only !== undefined
      ? `${start} ${naming(only)}${page.notes.mark(only.evidence)}.`
      : `${start} one of:\n\n${bullets(sure.map((one) => naming(one) + page.notes.mark(one.evidence)))}`;
  return section(
    'Scopes',
    foreign,
    sure.length > 0 && (foreign === '' || sure.some(({ scopes }) => scopes.length > 0)) ? rule : '',
    ...(disputed.length > 0 ? [disputedScopes(page, disputed)] : []),
    scopeTable(contract, security),
  );
}

function naming({ scopes, scheme }: SecurityAlternative): string {
  return scopes.length === 0 ? `any scopes (${code(scheme)})` : scopes.map(code).join(' and ');
}

function disputedScopes(page: PageContext, alternatives: readonly SecurityAlternative[]): string {
  const items = alternatives.map((one) => naming(one) + page.notes.mark(one.evidence));
  return `The sources disagree whether these scopes are sufficient:\n\n${bullets(items)}`;
}

function scopeTable(contract: Contract, security: readonly SecurityAlternative[]): string {
  const scopes = [...new Set(security.flatMap((alternative) => alternative.scopes))];
  const rows = scopes.map((scope) => [code(scope), line(contract.scopeDescriptions.get(scope) ?? '')]);
  return rows.some(([, description]) => description !== '') ? table(['Scope', 'Description'], rows) : '';
}
