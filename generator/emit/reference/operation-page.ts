import { posix } from 'node:path';
import type { Contract, Operation } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import type { ClientPlan } from '../../client/plan.js';
import { otherServerInWords } from '../../client/server.js';
import type { GeneratedFile } from '../generated-file.js';
import { pageHeader } from '../text/comment.js';
import { behaviourSection } from './behaviour-section.js';
import { curlSample } from './curl.js';
import { limitsSection } from './limits-section.js';
import { bullets, code, fenced, line, link, page, prose, section } from './markdown.js';
import { pagePath, titleOf } from './page-path.js';
import { bodySection, parametersSection } from './request-sections.js';
import { responsesSections } from './responses-section.js';
import { sampleRequest } from './sample-request.js';
import { scopesSection } from './scopes-section.js';
import { sourcesSection } from './sources-section.js';
import { typescriptSample } from './typescript.js';

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

/** The same request with curl and with the generated client. */
function samplesSection(contract: Contract, plan: ClientPlan, method: ClientMethod): string {
  const request = sampleRequest(contract, method);
  return section(
    'Samples',
    'From a shell:',
    fenced('sh', curlSample(contract, method, request)),
    'With the client:',
    fenced('ts', typescriptSample(contract, plan, method, request)),
  );
}
