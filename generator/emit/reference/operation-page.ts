import type { Contract, Operation } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import { otherServerInWords } from '../../client/server.js';
import { PageContext, type PageSet } from '../pages/page-context.js';
import type { Page } from '../pages/page-job.js';
import { samplesSection } from '../pages/samples-section.js';
import { pageHeader } from '../text/comment.js';
import { behaviourSection } from './behaviour-section.js';
import { limitsSection } from './limits-section.js';
import { bullets, code, line, page, prose, section } from './markdown.js';
import { pagePath, titleOf } from './page-path.js';
import { bodySection, parametersSection } from './request-sections.js';
import { responsesSections } from './responses-section.js';
import { scopesSection } from './scopes-section.js';
import { sourcesSection } from './sources-section.js';

/** The reference page of one operation. */
export function operationPage(set: PageSet, { operation, path }: ClientMethod): Page {
  const { contract } = set;
  const file = pagePath(contract, operation);
  const context = new PageContext(set, file);
  const text = page([
    `# ${titleOf(operation)}`,
    `${code(`${operation.method} ${operation.route}`)} · ${code(`client.${path.join('.')}`)} · ${context.toIndex('all operations')}`,
    operation.deprecated ? '**Deprecated**: it still works, but new code should not use it.' : '',
    operation.description.trim() === operation.summary.trim() ? '' : prose(operation.description),
    otherServerInWords(contract, operation),
    tasksOf(context, operation),
    samplesSection(context, operation),
    parametersSection(contract, operation),
    bodySection(contract, operation),
    scopesSection(context, operation),
    limitsSection(context, operation),
    behaviourSection(contract, operation),
    ...responsesSections(context, operation),
    relatedSection(context, operation),
    sourcesSection(context, operation),
  ]);
  return { path: file, text: pageHeader + text, titles: context.titles };
}

/** Links to the tasks that the operation does. */
function tasksOf(context: PageContext, { id }: Operation): string {
  const tasks = [...context.contract.tasks.values()].filter(({ operation }) => operation === id);
  return tasks.length === 0 ? '' : `Step by step: ${tasks.map((task) => context.toTask(task)).join(', ')}.`;
}

/** Links to operations on the same relation or resource. */
function relatedSection(context: PageContext, operation: Operation): string {
  const items = relatedOperations(context.contract, operation).map(
    (other) => `${context.toOperation(other)}, ${code(`${other.method} ${other.path}`)}`,
  );
  return items.length === 0 ? '' : section('See also', bullets(items.map(line)));
}

function relatedOperations({ operations }: Contract, { id, effect }: Operation): readonly Operation[] {
  if (effect === undefined || effect.on === 'hook') return [];
  return operations.filter(
    (other) => other.id !== id && other.effect?.on === effect.on && other.effect.target === effect.target,
  );
}
