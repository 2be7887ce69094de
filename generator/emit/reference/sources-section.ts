import type { Contract, Evidence, Operation } from '../../../contract/contract.js';
import { NO_EVIDENCE } from '../../../contract/evidence.js';
import { getPointer, isObject, joinPointer, splitPointer } from '../../../contract/pointer.js';
import { limitsOf } from '../limits.js';
import { code, line, section, table } from './markdown.js';

interface Fact {
  readonly fact: string;
  readonly evidence: Evidence;
}

/** Where the facts of the page come from; nothing for a document that does not say. */
export function sourcesSection(contract: Contract, operation: Operation): string {
  const facts = [
    ...ownFacts(contract, operation),
    ...quotaFacts(contract, operation),
    ...problemFacts(contract, operation),
  ];
  // What the contract does not grade has no source but itself.
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
    'Where this comes from',
    'The surest first: recorded, documented, reported, inferred. What is disputed is contradicted by another source.',
    table(['Fact', 'Grade', 'Source', 'Times seen', 'Against it'], rows),
  );
}

/** What the operation itself says of its parts. */
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
  if (part === '') return 'what is not named below';
  if (part === 'responses' && name !== '') return answerInWords(operation, name, rest);
  if (part === 'security') {
    const alternative = operation.security.find(({ pointer }) => pointer === operation.pointer + relative);
    return alternative === undefined ? 'the scopes' : `let in by ${alternative.scopes.map(code).join(' and ')}`;
  }
  if (part === 'x-effect') return EFFECT[name] ?? `what it does: ${code(name)}`;
  if (part === 'requestBody')
    return rest.length === 0 && name === 'required' ? 'the body is required' : `the body${where([name, ...rest])}`;
  if (part === 'parameters') {
    const value = operation.parameters.find(({ pointer }) => pointer === joinPointer(operation.pointer, part, name));
    return value === undefined ? 'the parameters' : `parameter ${code(value.name)}${where(rest)}`;
  }
  return code(relative);
}

const EFFECT: Readonly<Record<string, string>> = {
  '': 'what it does',
  each: 'what it does with several entries',
  consistency: 'when it shows',
  next: 'when a listing ends',
  unknown: 'what it does with unknown ones',
};

function answerInWords({ responses }: Operation, status: string, rest: readonly string[]): string {
  const [part, index, ...deeper] = rest;
  const answer = `answer ${code(status)}`;
  if (part !== 'x-problems') return `${answer}${where(rest)}`;
  const problem = responses.find((response) => response.status === status)?.problems[Number(index)];
  return problem === undefined
    ? `the causes of ${answer}`
    : `${answer} for ${problem.name.replaceAll('-', ' ')}${where(deeper)}`;
}

function where(segments: readonly string[]): string {
  const said = segments.filter((segment) => segment !== '');
  return said.length === 0 ? '' : `, ${code(said.join('/'))}`;
}

function quotaFacts(contract: Contract, operation: Operation): readonly Fact[] {
  return limitsOf(contract, operation).quotas.map(({ of, max, evidence }) => ({
    fact: `at most ${max} ${code(of)}`,
    evidence,
  }));
}

/** The wording of each refusal, which comes from the catalogue; one that has no source of its own says nothing new. */
function problemFacts({ problems, document }: Contract, { responses }: Operation): readonly Fact[] {
  const names = new Set(responses.flatMap((response) => response.problems.map(({ name }) => name)));
  return [...names].flatMap((name) => {
    const problem = problems.get(name);
    const own = problem && getPointer(document, joinPointer(problem.pointer, 'x-evidence'));
    if (problem === undefined || own === undefined) return [];
    return [{ fact: `wording of ${name.replaceAll('-', ' ')}`, evidence: problem.evidence }];
  });
}
