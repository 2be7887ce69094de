import { posix } from 'node:path';
import type { Contract, Operation } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import type { ClientPlan } from '../../client/plan.js';
import { otherServerInWords } from '../../client/server.js';
import type { GeneratedFile } from '../generated-file.js';
import { pageHeader } from '../text/header.js';
import { behaviourSection } from './behaviour-section.js';
import { bodySection } from './body-section.js';
import { limitsSection } from './limits-section.js';
import { bullets, code, line, link, page, prose, section } from './markdown.js';
import { pagePath } from './page-path.js';
import { parametersSection } from './parameters-section.js';
import { responsesSections } from './responses-section.js';
import { samplesSection } from './samples-section.js';
import { scopesSection } from './scopes-section.js';
import { sourcesSection } from './sources-section.js';
import { titleOf } from './title.js';

/** The reference page of one operation. */
export function operationPage(contract: Contract, plan: ClientPlan, method: ClientMethod): GeneratedFile {
  const { operation, path } = method;
  const text = page([
    `# ${titleOf(operation)}`,
    `${code(`${operation.method} ${operation.route}`)} · ${code(`client.${path.join('.')}`)} · ${link('all operations', 'README.md')}`,
    operation.deprecated ? '**Deprecated**: it still works, but new code should not use it.' : '',
    operation.description.trim() === operation.summary.trim() ? '' : prose(operation.description),
    otherServerInWords(contract, operation),
    samplesSection(contract, plan, method),
    parametersSection(contract, operation),
    bodySection(contract, operation),
    scopesSection(contract, operation),
    limitsSection(contract, operation),
    behaviourSection(contract, operation),
    ...responsesSections(contract, operation),
    relatedSection(contract, operation),
    sourcesSection(contract, operation),
  ]);
  return { path: pagePath(contract, operation), text: pageHeader + text };
}

/** Links to operations on the same relation or resource. */
function relatedSection(contract: Contract, { id, effect }: Operation): string {
  if (effect === undefined || effect.on === 'hook') return '';
  const related = contract.operations.filter(
    (other) => other.id !== id && other.effect?.on === effect.on && other.effect.target === effect.target,
  );
  const items = related.map((other) => {
    const { method, path } = other;
    return `${link(titleOf(other), posix.basename(pagePath(contract, other)))}, ${code(`${method} ${path}`)}`;
  });
  return items.length === 0 ? '' : section('See also', bullets(items.map(line)));
}
