import type { Contract, Evidence, Operation, Problem, Response } from '../../../contract/contract.js';
import { causeInWords } from './causes.js';
import { typeInWords } from './constraints.js';
import { code, line, prose, section, table } from './markdown.js';
import { propertiesTable } from './properties.js';
import { exampleOf } from './request-sections.js';

/** All documented responses: the bodies of successes, and each error with its cause and remedy. */
export function responsesSections(contract: Contract, operation: Operation): readonly string[] {
  const successes = operation.responses.filter(isSuccess);
  const errors = operation.responses.filter((response) => !isSuccess(response));
  return [
    section('Success', ...successes.flatMap((response) => success(contract, response))),
    section('Errors', errors.length > 0 ? errorsTable(errors) : '', ...bodies(contract, errors)),
  ];
}

function isSuccess({ status }: Response): boolean {
  return !/^(?:[45]|default)/.test(status);
}

function success(contract: Contract, { status, description, headers, content, evidence }: Response): readonly string[] {
  const types = content.map(({ type }) => code(type)).join(' or ');
  const body = types === '' ? 'No response body.' : `Content type: ${types}.`;
  const [media] = content;
  return [
    `### ${status}`,
    prose(description),
    `${body}${gradeInWords(evidence)}`,
    ...(media === undefined ? [] : [propertiesTable(contract, media.schema, 'response'), ...exampleOf(media.example)]),
    ...(headers.length > 0 ? [headersTable(contract, headers)] : []),
  ];
}

function gradeInWords({ grade }: Evidence): string {
  return grade === 'documented' || grade === 'unknown' ? '' : ` Grade: ${grade}.`;
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

function errorsTable(errors: readonly Response[]): string {
  const rows = errors.flatMap((response) =>
    response.problems.length === 0
      ? [[code(response.status), '', line(response.description), '', '', response.evidence.grade]]
      : response.problems.map((problem) => problemRow(response, problem)),
  );
  return table(['Status', 'Error code', 'Cause', 'Message', 'What to do', 'Grade'], rows);
}

function problemRow({ status }: Response, problem: Problem): readonly string[] {
  const { cause, remedy } = causeInWords(problem.when);
  return [
    code(status),
    code(problem.errorCode ?? ''),
    cause,
    code(problem.message ?? ''),
    line(problem.remedy ?? remedy),
    problem.evidence.grade,
  ];
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
