import type { Contract, Evidence, Operation } from '../../../contract/contract.js';
import { NO_EVIDENCE } from '../../../contract/evidence.js';
import { getPointer, isObject, joinPointer, splitPointer } from '../../../contract/pointer.js';
import { limitsOf } from '../limits.js';
import { code, line, section, table } from './markdown.js';

interface Fact {
  readonly fact: string;
  readonly evidence: Evidence;
}

/** The sources of the facts on the page; empty for a document without evidence. */
export function sourcesSection(contract: Contract, operation: Operation): string {
  const facts = [
    ...ownFacts(contract, operation),
    ...quotaFacts(contract, operation),
    ...problemFacts(contract, operation),
  ];
  // A fact without a grade has no source but the contract.
  const graded = facts.filter(({ evidence }) => evidence.source !== NO_EVIDENCE.source);
  if (graded.length === 0) return '';
  const rows = graded.map(({ fact, evidence: { grade, source, seen, against } }) => [
    fact,
    grade,
    line(source),
    seen === undefined ? '' : String(seen),
    line(against ?? ''),
  ]);
  return section(
    'Sources',
    'Grades, from most to least certain: recorded, documented, reported, inferred. Another source contradicts disputed facts.',
    table(['Fact', 'Grade', 'Source', 'Times seen', 'Against'], rows),
  );
}

/** The facts that the operation itself has evidence for. */
function ownFacts(contract: Contract, operation: Operation): readonly Fact[] {
  const entries = getPointer(contract.document, joinPointer(operation.pointer, 'x-evidence'));
  if (!isObject(entries)) return [];
  return Object.keys(entries).map((relative) => ({
    fact: factInWords(operation, splitPointer(relative), relative),
    evidence: contract.evidenceAt(operation.pointer + relative),
  }));
}

function factInWords(operation: Operation, segments: readonly string[], relative: string): string {
  const [part = '', name = '', ...rest] = segments;
  if (part === '') return 'everything not listed below';
  if (part === 'responses' && name !== '') return responseInWords(operation, name, rest);
  if (part === 'security') {
    const alternative = operation.security.find(({ pointer }) => pointer === operation.pointer + relative);
    return alternative === undefined
      ? 'the scopes'
      : `sufficient scopes: ${alternative.scopes.map(code).join(' and ')}`;
  }
  if (part === 'x-effect') return EFFECT[name] ?? `effect: ${code(name)}`;
  if (part === 'requestBody')
    return rest.length === 0 && name === 'required'
      ? 'the request body is required'
      : `request body${where([name, ...rest])}`;
  if (part === 'parameters') {
    const value = operation.parameters.find(({ pointer }) => pointer === joinPointer(operation.pointer, part, name));
    return value === undefined ? 'the parameters' : `parameter ${code(value.name)}${where(rest)}`;
  }
  return code(relative);
}

const EFFECT: Readonly<Record<string, string>> = {
  '': 'effect',
  each: 'effect with several entries',
  consistency: 'consistency',
  next: 'end of a listing',
  unknown: 'effect with unknown entries',
};

function responseInWords({ responses }: Operation, status: string, rest: readonly string[]): string {
  const [part, index, ...deeper] = rest;
  const response = `response ${code(status)}`;
  if (part !== 'x-problems') return `${response}${where(rest)}`;
  const problem = responses.find((response) => response.status === status)?.problems[Number(index)];
  return problem === undefined
    ? `causes of response ${code(status)}`
    : `${response} for ${problem.name.replaceAll('-', ' ')}${where(deeper)}`;
}

function where(segments: readonly string[]): string {
  const named = segments.filter((segment) => segment !== '');
  return named.length === 0 ? '' : `, ${code(named.join('/'))}`;
}

function quotaFacts(contract: Contract, operation: Operation): readonly Fact[] {
  return limitsOf(contract, operation).quotas.map(({ of, max, evidence }) => ({
    fact: `at most ${max} ${code(of)}`,
    evidence,
  }));
}

/** The message of each problem that has its own evidence in the catalogue of problems. */
function problemFacts({ problems, document }: Contract, { responses }: Operation): readonly Fact[] {
  const names = new Set(responses.flatMap((response) => response.problems.map(({ name }) => name)));
  return [...names].flatMap((name) => {
    const problem = problems.get(name);
    const own = problem && getPointer(document, joinPointer(problem.pointer, 'x-evidence'));
    if (problem === undefined || own === undefined) return [];
    return [{ fact: `message of ${name.replaceAll('-', ' ')}`, evidence: problem.evidence }];
  });
}
