import type { Operation, Problem, Response, Schema } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { PageContext } from '../pages/page-context.js';
import { causeInWords } from '../reference/causes.js';
import { code, line, section, table } from '../reference/markdown.js';
import { propertiesTable } from '../reference/properties.js';
import { errorsOf } from '../reference/responses-section.js';
import { shapeOf } from '../reference/shape.js';
import { counted } from '../text/names.js';

/** What an error looks like, and every error with what to do. */
export function errorsGuide(page: PageContext): readonly string[] {
  return [shapeSection(page), shared(page), catalogue(page)];
}

function shapeSection({ contract }: PageContext): string {
  const bodies = new Map<Schema, number>();
  for (const { content } of contract.operations.flatMap(errorsOf)) {
    const shape = content[0] && shapeOf(contract, content[0].schema);
    if (shape !== undefined) bodies.set(shape, (bodies.get(shape) ?? 0) + 1);
  }
  const [most] = [...bodies].sort(([, a], [, b]) => b - a);
  if (most === undefined) return '';
  const [schema] = most;
  const properties = Object.entries(isObject(schema.properties) ? schema.properties : {});
  const named = (kind: string): string | undefined =>
    properties.find(([, property]) => isObject(property) && contract.valueOf(property)?.kind === kind)?.[0];
  const [errorCode, message] = [named('error-code'), named('message')];
  return section(
    'The body of an error',
    propertiesTable(contract, schema, 'response'),
    errorCode === undefined ? '' : `In your code, compare the status, then ${code(errorCode)}, which is often absent.`,
    message === undefined
      ? ''
      : `Do not compare ${code(message)}: its wording may change. Show it to people, and log it.`,
  );
}

interface KnownError {
  readonly status: string;
  readonly problem: Problem;
  readonly operations: readonly Operation[];
}

/** Each problem of the contract by status, with the operations that can have it. */
function knownErrors({ contract }: PageContext): readonly KnownError[] {
  const known = new Map<string, { status: string; problem: Problem; operations: Operation[] }>();
  for (const operation of contract.operations) {
    for (const { status, problems } of operation.responses) {
      for (const problem of problems) {
        const key = `${status} ${problem.name}`;
        const entry = known.get(key) ?? {
          status,
          problem: contract.problems.get(problem.name) ?? problem,
          operations: [],
        };
        entry.operations.push(operation);
        known.set(key, entry);
      }
    }
  }
  return [...known.values()].sort((a, b) => a.status.localeCompare(b.status));
}

/** Error codes that have several causes: a missing scope, or a field that the token must not read. */
function shared(page: PageContext): string {
  const byCode = new Map<string, KnownError[]>();
  for (const error of knownErrors(page)) {
    const { errorCode } = error.problem;
    if (errorCode === undefined) continue;
    const key = `${error.status} ${errorCode}`;
    byCode.set(key, [...(byCode.get(key) ?? []), error]);
  }
  const rows = [...byCode.values()]
    .filter((errors) => errors.length > 1)
    .flatMap((errors) =>
      errors.map(({ status, problem }) => [
        code(status),
        code(problem.errorCode ?? ''),
        causeInWords(problem).cause,
        code(problem.message ?? ''),
        remedyOf(problem),
      ]),
    );
  if (rows.length === 0) return '';
  return section(
    'One code, several causes',
    'Here the error code alone does not tell what is wrong. Read the message:',
    table(['Status', 'Error code', 'Cause', 'Message', 'What to do'], rows),
  );
}

function catalogue(page: PageContext): string {
  const errors = knownErrors(page);
  if (errors.length === 0) return section('Every error', statusTable(page.contract.operations.flatMap(errorsOf)));
  const rows = errors.map(({ status, problem, operations }) => [
    code(status),
    code(problem.errorCode ?? ''),
    causeInWords(problem).cause,
    code(problem.message ?? ''),
    remedyOf(problem),
    operations.length > 3
      ? counted(operations.length, 'operation')
      : operations.map((operation) => page.toOperation(operation)).join(', '),
    page.badge(problem.evidence),
  ]);
  return section(
    'Every error',
    table(['Status', 'Error code', 'Cause', 'Message', 'What to do', 'Where', 'Grade'], rows),
  );
}

/** For a document without causes: its statuses, with what it says about each. */
function statusTable(errors: readonly Response[]): string {
  const statuses = new Map<string, Set<string>>();
  for (const { status, description } of errors) {
    const known = statuses.get(status) ?? new Set();
    known.add(line(description));
    statuses.set(status, known);
  }
  const rows = [...statuses]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([status, texts]) => [
      code(status),
      [...texts]
        .filter((text) => text !== '')
        .slice(0, 5)
        .join('; '),
    ]);
  return table(['Status', 'Meaning'], rows);
}

function remedyOf(problem: Problem): string {
  return line(problem.remedy ?? causeInWords(problem).remedy);
}
