import type { Contract, Operation, Problem, Response } from '../../../contract/contract.js';
import { getPointer, joinPointer } from '../../../contract/pointer.js';
import type { PageContext } from '../pages/page-context.js';
import { causeInWords } from './causes.js';
import { typeInWords } from './constraints.js';
import { formBlocks } from './forms.js';
import { code, line, prose, section, table } from './markdown.js';
import { propertiesTable } from './properties.js';

/** All documented responses: the bodies of successes, and each error with its cause and remedy. */
export function responsesSections(page: PageContext, operation: Operation): readonly string[] {
  const errors = errorsOf(operation);
  return [
    section('Success', ...successesOf(operation).flatMap((response) => success(page, operation, response))),
    section('Errors', errors.length > 0 ? errorsTable(page, errors) : '', ...bodies(page.contract, errors)),
  ];
}

export function successesOf({ responses }: Operation): readonly Response[] {
  return responses.filter(({ status }) => isSuccess(status));
}

export function errorsOf({ responses }: Operation): readonly Response[] {
  return responses.filter(({ status }) => !isSuccess(status));
}

function isSuccess(status: string): boolean {
  return !/^(?:[45]|default)/.test(status);
}

function success(page: PageContext, operation: Operation, response: Response): readonly string[] {
  const { status, description, headers, content, evidence } = response;
  const types = content.map(({ type }) => code(type)).join(' or ');
  const body = types === '' ? 'No response body.' : `Content type: ${types}.`;
  const badge = page.badge(evidence);
  const [media] = content;
  return [
    `### ${status}`,
    prose(description),
    badge === '' ? body : `${body} ${badge}`,
    ...(media === undefined ? [] : formBlocks(page.contract, operation, media)),
    ...(headers.length > 0 ? [headersTable(page.contract, headers)] : []),
  ];
}

function headersTable(contract: Contract, headers: Response['headers']): string {
  return table(
    ['Header', 'Type', 'Always', 'Description'],
    headers.map(({ name, required, description, schema }) => [
      code(name),
      typeInWords(contract, schema),
      required ? 'yes' : '',
      line(description),
    ]),
  );
}

/** Each error with what to do about it. */
export function errorsTable(page: PageContext, errors: readonly Response[]): string {
  const rows = errors.flatMap((response) =>
    response.problems.length === 0
      ? [[code(response.status), '', line(response.description), '', '', page.badge(response.evidence)]]
      : response.problems.map((problem) => problemRow(page, response, problem)),
  );
  return table(['Status', 'Error code', 'Cause', 'Message', 'What to do', 'Grade'], rows);
}

function problemRow(page: PageContext, { status }: Response, problem: Problem): readonly string[] {
  const { cause, remedy } = causeInWords(problem);
  return [
    code(status),
    code(problem.errorCode ?? ''),
    cause,
    code(problem.message ?? '') + messageMark(page, problem),
    line(problem.remedy ?? remedy),
    page.badge(problem.evidence),
  ];
}

/** The source of the wording, if the catalogue of problems has one. */
function messageMark({ contract, notes }: PageContext, { name, message }: Problem): string {
  const known = message === undefined ? undefined : contract.problems.get(name);
  const isOwn = known && getPointer(contract.document, joinPointer(known.pointer, 'x-evidence')) !== undefined;
  return known && isOwn ? notes.mark(known.evidence) : '';
}

/** The properties of error bodies; statuses with the same body share a table. */
function bodies(contract: Contract, errors: readonly Response[]): readonly string[] {
  const statuses = new Map<string, string[]>();
  for (const { status, content } of errors) {
    const [media] = content;
    if (media === undefined) continue;
    const properties = propertiesTable(contract, media.schema, 'response');
    const known = statuses.get(properties);
    if (known === undefined) statuses.set(properties, [status]);
    else known.push(status);
  }
  return [...statuses].flatMap(([properties, list]) => {
    const which = statuses.size === 1 ? 'errors' : list.map(code).join(', ');
    return [`The body of ${which}:`, properties];
  });
}
