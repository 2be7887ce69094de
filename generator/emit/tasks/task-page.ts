import type { Operation, Task } from '../../../contract/contract.js';
import { TASK_LINK } from '../../../contract/read/read-tasks.js';
import { leastScopes } from '../guides/least-scopes.js';
import { type GuideName, PageContext, type PageSet, taskPath } from '../pages/page-context.js';
import type { Page, PageJob } from '../pages/page-job.js';
import { samplesSection } from '../pages/samples-section.js';
import { limitsSection } from '../reference/limits-section.js';
import { bullets, code, line, literally, page, prose, section } from '../reference/markdown.js';
import { bodySection, parametersSection } from '../reference/request-sections.js';
import { responsesSections } from '../reference/responses-section.js';
import { scopesSection } from '../reference/scopes-section.js';
import { sourcesSection } from '../reference/sources-section.js';
import { pageHeader } from '../text/comment.js';

/** One page for each task of the contract. */
export function taskJobs(set: PageSet): readonly PageJob[] {
  const { operations, tasks } = set.contract;
  return [...tasks.values()].flatMap((task) => {
    const operation = operations.find(({ id }) => id === task.operation);
    return operation === undefined ? [] : [{ operation, emit: () => taskPage(set, task, operation) }];
  });
}

/** The texts of the task, and the facts of its operation. */
function taskPage(set: PageSet, task: Task, operation: Operation): Page {
  const path = taskPath(task.name);
  const context = new PageContext(set, path);
  const { contract } = set;
  const sent = withBody(operation, task);
  const written = (text: string): string => prose(withLinks(context, text));
  const text = page([
    `# ${literally(task.title)}`,
    written(task.about),
    section(
      'Before you start',
      bullets(
        [...task.before.map((one) => line(withLinks(context, one))), tokenNeeded(context, operation)].filter(
          (one) => one !== '',
        ),
      ),
    ),
    section(
      'Send the request',
      `${code(`${operation.method} ${operation.route}`)}, in the reference: ${context.toOperation(operation)}.`,
    ),
    samplesSection(context, sent, new Map([...task.values].map(([name, value]) => [name, withLinks(context, value)]))),
    parametersSection(contract, operation),
    bodySection(contract, sent),
    scopesSection(context, operation),
    limitsSection(context, operation),
    ...responsesSections(context, operation),
    section('See that it worked', written(task.check)),
    section('Good to know', bullets(task.notes.map((note) => line(withLinks(context, note))))),
    ...task.alternatives.map(({ title, text }) => section(literally(title), written(text))),
    section('Related tasks', bullets(relatedTasks(context, task))),
    sourcesSection(context),
  ]);
  return { path, text: pageHeader + text, titles: context.titles };
}

/** The operation with the body of the task as its example. */
function withBody(operation: Operation, { body }: Task): Operation {
  const { requestBody } = operation;
  if (body === undefined || requestBody === undefined) return operation;
  const content = requestBody.content.map((media) => ({ ...media, example: body }));
  return { ...operation, requestBody: { ...requestBody, content } };
}

/** `A token with `read:roles` and `update:users`: see Authentication and first call.` Empty if none is needed. */
function tokenNeeded(context: PageContext, operation: Operation): string {
  if (operation.security.length === 0) return '';
  const scopes = leastScopes([operation]).map(code).join(' and ');
  return `An access token${scopes === '' ? '' : ` with ${scopes}`}: see ${context.toGuide('authentication')}.`;
}

function relatedTasks(context: PageContext, { related }: Task): readonly string[] {
  return related.flatMap((name) => {
    const task = context.contract.tasks.get(name);
    return task === undefined ? [] : [context.toTask(task)];
  });
}

/** Links to operations, tasks and guides become links to their pages. */
function withLinks(context: PageContext, text: string): string {
  const { operations, tasks } = context.contract;
  return text.replaceAll(
    new RegExp(`\\[([^\\]]*)${TASK_LINK.source}`, 'g'),
    (whole, shown: string, kind: string, name: string) => {
      if (kind === 'guide') return context.toGuide(name as GuideName, shown); // loading has checked the names
      if (kind === 'task') {
        const task = tasks.get(name);
        return task === undefined ? whole : context.toTask(task, shown);
      }
      const operation = operations.find(({ id }) => id === name);
      return operation === undefined ? whole : context.toOperation(operation, shown);
    },
  );
}
