import type { Evidence, Operation } from '../../../contract/contract.js';
import { getPointer, isObject, joinPointer, splitPointer } from '../../../contract/pointer.js';
import { hasSource } from '../pages/footnotes.js';
import type { PageContext } from '../pages/page-context.js';
import { capital } from '../text/names.js';
import { bullets, code } from './markdown.js';

interface Fact {
  readonly fact: string;
  readonly evidence: Evidence;
}

/**
 * The facts whose source no other section marks, and the footnotes of the whole page, so it has to come last. Empty for a
 * document without evidence.
 */
export function sourcesSection(page: PageContext, operation?: Operation): string {
  const facts = (operation === undefined ? [] : ownFacts(page, operation)).filter(({ evidence }) =>
    hasSource(evidence),
  );
  const items = facts.map(({ fact, evidence }) => `${capital(fact)}: ${page.badge(evidence)}`);
  const notes = page.notes.texts();
  if (notes === '') return '';
  return ['## Sources', ...(items.length > 0 ? [bullets(items)] : []), notes].join('\n\n');
}

/** The facts that the operation has evidence for and that are not marked where they stand. */
function ownFacts({ contract }: PageContext, operation: Operation): readonly Fact[] {
  const entries = getPointer(contract.document, joinPointer(operation.pointer, 'x-evidence'));
  if (!isObject(entries)) return [];
  return Object.keys(entries).flatMap((relative) => {
    const segments = splitPointer(relative);
    if (isMarked(segments)) return [];
    return {
      fact: factInWords(operation, segments, relative),
      evidence: contract.evidenceAt(operation.pointer + relative),
    };
  });
}

/** Responses, their causes and scopes carry their own marks. */
function isMarked([part = '', , inner, , ...deeper]: readonly string[]): boolean {
  if (part === 'security') return true;
  return part === 'responses' && (inner === undefined || (inner === 'x-problems' && deeper.length === 0));
}

function factInWords(operation: Operation, segments: readonly string[], relative: string): string {
  const [part = '', name = '', ...rest] = segments;
  if (part === '') return 'everything without a mark';
  if (part === 'responses' && name !== '') return responseInWords(operation, name, rest);
  if (part === 'x-effect') return EFFECT[name] ?? `what the operation does, ${code(name)}`;
  if (part === 'x-rate-group') return 'the rate limit';
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
  '': 'what the operation does',
  each: 'what happens with several entries',
  add: 'adding what is there already',
  consistency: 'when changes appear',
  next: 'how a listing ends',
  unknown: 'what happens with unknown entries',
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
