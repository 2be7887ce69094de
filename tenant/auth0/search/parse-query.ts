import type { AST, Node, NodeRangedTerm, NodeTerm } from 'lucene';
import lucene from 'lucene';

/** A search query: the part of Lucene's query language that the service documents. */
export type Query =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly kind: 'not'; readonly part: Query }
  | Condition;

/** What one field must be. Without a field, any field may be it. */
export type Condition = { readonly field: string | undefined } & (
  | { readonly kind: 'term'; readonly value: string }
  /** A text with `*` for any characters and `?` for one. */
  | { readonly kind: 'pattern'; readonly value: string }
  | { readonly kind: 'range'; readonly from: Bound; readonly to: Bound }
  | { readonly kind: 'exists' }
);

/** An end of a range; without a value it is open. */
export interface Bound {
  readonly value: string | undefined;
  readonly inclusive: boolean;
}

/** Why a query is refused, and where. */
export class QueryFault extends Error {
  /**
   * `invalid`: the service refuses it too. `unsupported`: Lucene's language has it, and it is not known, or not
   * implemented here, what the service does with it.
   */
  readonly kind: 'invalid' | 'unsupported';
  /** From 0. */
  readonly position: number;

  constructor(kind: QueryFault['kind'], what: string, position: number) {
    super(`${what} at position ${position}`);
    this.name = 'QueryFault';
    this.kind = kind;
    this.position = position;
  }
}

/** Longer queries than any client sends; the parser is recursive. */
const MAX_LENGTH = 4000;
const MAX_DEPTH = 20;
/** A leading wildcard needs a literal of this length (documented). */
const MIN_AFTER_WILDCARD = 3;
/** Metadata that takes neither wildcards nor ranges (documented). */
const PLAIN_METADATA = /^user_metadata(\.|$)/;

/** @throws QueryFault */
export function parseQuery(text: string): Query {
  checkSize(text);
  const dangling = /(?:^|\s)(AND|OR|NOT|&&|\|\||!)\s*$/.exec(text);
  if (dangling !== null) {
    const [match, operator = ''] = dangling;
    throw new QueryFault('invalid', `nothing follows "${operator}"`, dangling.index + match.indexOf(operator));
  }
  const tree = parsed(text);
  if (!('left' in tree)) throw new QueryFault('invalid', 'the query is empty', 0);
  return fromTree(tree, undefined, text);
}

function checkSize(text: string): void {
  if (text.length > MAX_LENGTH) {
    throw new QueryFault('unsupported', `the query has more than ${MAX_LENGTH} characters`, MAX_LENGTH);
  }
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth > MAX_DEPTH) throw new QueryFault('unsupported', `parentheses nest deeper than ${MAX_DEPTH}`, at);
  }
}

function parsed(text: string): AST {
  try {
    return lucene.parse(text);
  } catch (error) {
    const { location } = error as { location?: { start?: { offset?: number } } }; // the parser's errors have locations
    throw new QueryFault('invalid', 'unexpected text', location?.start?.offset ?? 0);
  }
}

interface Step {
  readonly operator: string;
  readonly query: Query;
}

/** The parser nests to the right whatever the operators are: the chain is read first, then AND binds before OR. */
function fromTree(tree: AST, field: string | undefined, text: string): Query {
  const steps: Step[] = [];
  let rest: AST | Node | undefined = tree;
  let operator = 'OR';
  while (rest !== undefined) {
    const isChain: boolean = 'left' in rest && (rest === tree || rest.parenthesized !== true);
    const node: AST | Node = isChain && 'left' in rest ? rest.left : rest;
    const isNegated = isChain && 'start' in rest && String(rest.start) === 'NOT';
    const query = fromOperand(node, field, text);
    steps.push({ operator, query: isNegated ? { kind: 'not', part: query } : query });
    const next: AST | Node | undefined = isChain && 'right' in rest ? rest.right : undefined;
    if (next !== undefined && 'operator' in rest) operator = operatorBefore(rest.operator, next, text);
    rest = next;
  }
  return combined(steps);
}

function operatorBefore(operator: string, next: AST | Node, text: string): string {
  if (operator !== '<implicit>') return operator;
  const place = 'left' in next ? positionOf(next.left, text) : positionOf(next, text);
  throw new QueryFault('unsupported', 'a term without an operator before it', place);
}

/** Groups of AND, joined by OR. */
function combined(steps: readonly Step[]): Query {
  const groups: Query[][] = [];
  for (const { operator, query } of steps) {
    const part: Query = operator.endsWith(' NOT') ? { kind: 'not', part: query } : query;
    const isAnd = operator.startsWith('AND') || operator === '&&';
    const last = groups.at(-1);
    if (isAnd && last !== undefined) last.push(part);
    else groups.push([part]);
  }
  return joined(
    'or',
    groups.map((parts) => joined('and', parts)),
  );
}

function joined(kind: 'and' | 'or', parts: readonly Query[]): Query {
  const [first, ...others] = parts;
  return first !== undefined && others.length === 0 ? first : { kind, parts };
}

function fromOperand(node: AST | Node, outer: string | undefined, text: string): Query {
  const named = fieldOf(node);
  const { isNegated, field } = withoutSign(named, text, positionOf(node, text));
  const query = 'left' in node ? fromTree(node, field ?? outer, text) : fromNode(node, field ?? outer, text);
  return isNegated ? { kind: 'not', part: query } : query;
}

function fieldOf({ field }: AST | Node): string | undefined {
  return field === undefined || field === '<implicit>' ? undefined : field;
}

/** `-` and `!` before a field are NOT; the parser takes them for a part of its name. */
function withoutSign(
  field: string | undefined,
  text: string,
  position: number,
): { readonly isNegated: boolean; readonly field: string | undefined } {
  const sign = field?.[0] ?? '';
  if (field !== undefined && sign === '+') throw new QueryFault('unsupported', '"+"', Math.max(0, text.indexOf(field)));
  if (field !== undefined && (sign === '-' || sign === '!')) return { isNegated: true, field: field.slice(1) };
  if (field === '') throw new QueryFault('invalid', 'a field without a name', position);
  return { isNegated: false, field };
}

function fromNode(node: Node, field: string | undefined, text: string): Query {
  if ('term_min' in node) return rangeFrom(node, field, text);
  const position = node.termLocation.start.offset;
  checkSupported(node, position);
  if (field === '_exists_') return { kind: 'exists', field: unescaped(node.term) };
  const isPattern = !node.quoted && /(^|[^\\])[*?]/.test(node.term);
  if (!isPattern) return { kind: 'term', field, value: unescaped(node.term) };
  if (node.term === '*' && field !== undefined) return { kind: 'exists', field };
  if (field !== undefined && PLAIN_METADATA.test(field)) {
    throw new QueryFault('invalid', `a wildcard in "${field}"`, position);
  }
  const literal = node.term.replace(/^[*?]+/, '').split(/[*?]/)[0] ?? '';
  if (/^[*?]/.test(node.term) && literal.length < MIN_AFTER_WILDCARD) {
    const what = `fewer than ${MIN_AFTER_WILDCARD} characters after a leading wildcard`;
    throw new QueryFault('invalid', what, position);
  }
  return { kind: 'pattern', field, value: node.term };
}

function checkSupported({ regex, similarity, boost, prefix, ...more }: NodeTerm, position: number): void {
  const { proximity } = more as { readonly proximity?: number | null }; // of phrases; missing in the types
  const what = [
    regex ? 'a regular expression' : undefined,
    similarity === null || similarity === undefined ? undefined : '"~"',
    proximity === null || proximity === undefined ? undefined : '"~"',
    boost === null || boost === undefined ? undefined : '"^"',
    prefix === null || prefix === undefined ? undefined : `"${prefix}"`,
  ].find((reason) => reason !== undefined);
  if (what !== undefined) throw new QueryFault('unsupported', what, position);
}

function rangeFrom(
  { term_min: from, term_max: to, inclusive, fieldLocation }: NodeRangedTerm,
  field: string | undefined,
  text: string,
): Query {
  const position = fieldLocation?.start.offset ?? Math.max(0, text.search(/[[{]/));
  if (field === undefined) throw new QueryFault('unsupported', 'a range without a field', position);
  if (PLAIN_METADATA.test(field)) throw new QueryFault('invalid', `a range in "${field}"`, position);
  if ([from, to].some((end) => /^now|\|\|/.test(end))) throw new QueryFault('unsupported', 'date math', position);
  const bound = (value: string, side: 'left' | 'right'): Bound => ({
    value: value === '*' ? undefined : unescaped(value),
    inclusive: inclusive === 'both' || inclusive === side,
  });
  return { kind: 'range', field, from: bound(from, 'left'), to: bound(to, 'right') };
}

function positionOf(node: AST | Node, text: string): number {
  if ('termLocation' in node) return node.fieldLocation?.start.offset ?? node.termLocation.start.offset;
  if ('left' in node) return node.fieldLocation?.start.offset ?? positionOf(node.left, text);
  return node.fieldLocation?.start.offset ?? 0;
}

/** A backslash takes the next character as it is. */
function unescaped(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
