import type { AST } from '@eslint-community/regexpp';
import { CLASSES, type CodePoints, complement, NONE, union } from './code-points.js';

/** RE2 refuses more repetitions. */
const MOST_REPETITIONS = 1000;

/**
 * Writes a parsed regular expression of JavaScript in the syntax of RE2, with the same meaning. Character classes are
 * written as ranges of code points, because the two differ on `\s`, `.` and others.
 *
 * @returns nothing for what RE2 cannot do in linear time (lookarounds, backreferences), and for Unicode properties and
 * counts beyond its limits
 */
export function toRe2(pattern: AST.Pattern): string | undefined {
  const written = alternatives(pattern.alternatives);
  return written.includes(UNSUPPORTED) ? undefined : written;
}

/** Marks a part that RE2 does not have. No output contains it: all characters are written as escapes. */
const UNSUPPORTED = '\0';

function alternatives(list: readonly AST.Alternative[]): string {
  return list.map(({ elements }) => elements.map(element).join('')).join('|');
}

function element(node: AST.Element): string {
  switch (node.type) {
    case 'Assertion':
      return assertion(node);
    case 'Character':
      return charClass([[node.value, node.value]]);
    case 'CharacterSet':
      return optionalClass(setOf(node));
    case 'CharacterClass':
      return optionalClass(classOf(node));
    case 'Group':
      // Modifiers such as (?i:…) are newer than the Node versions that we support.
      return node.modifiers === null ? `(?:${alternatives(node.alternatives)})` : UNSUPPORTED;
    case 'CapturingGroup':
      return `(?:${alternatives(node.alternatives)})`;
    case 'Quantifier':
      return quantifier(node);
    default:
      return UNSUPPORTED;
  }
}

/** Only whether a text matches matters, so greedy and lazy quantifiers are the same. */
function quantifier({ element: repeated, min, max }: AST.Quantifier): string {
  const finite = Number.isFinite(max);
  if (min > MOST_REPETITIONS || (finite && max > MOST_REPETITIONS)) return UNSUPPORTED;
  return `(?:${element(repeated)}){${min},${finite ? max : ''}}`;
}

const ASSERTIONS: Readonly<Record<string, string>> = { start: '\\A', end: '\\z' };

function assertion(node: AST.Assertion): string {
  if (node.kind === 'word') return node.negate ? '\\B' : '\\b';
  return ASSERTIONS[node.kind] ?? UNSUPPORTED;
}

function setOf(node: AST.CharacterSet): CodePoints | undefined {
  switch (node.kind) {
    case 'any':
      return complement(CLASSES['line-terminator']);
    case 'digit':
    case 'space':
    case 'word':
      return node.negate ? complement(CLASSES[node.kind]) : CLASSES[node.kind];
    default:
      return undefined;
  }
}

function classOf({ elements, negate }: AST.CharacterClass): CodePoints | undefined {
  const sets = elements.map((each): CodePoints | undefined => {
    if (each.type === 'Character') return [[each.value, each.value]];
    if (each.type === 'CharacterClassRange') return [[each.min.value, each.max.value]];
    return each.type === 'CharacterSet' ? setOf(each) : undefined;
  });
  const all = union(...sets.map((set) => set ?? NONE));
  if (sets.includes(undefined)) return undefined;
  return negate ? complement(all) : all;
}

function optionalClass(set: CodePoints | undefined): string {
  return set === undefined ? UNSUPPORTED : charClass(set);
}

function charClass(set: CodePoints): string {
  // RE2 has no empty class; nothing comes before the start of the text.
  if (set.length === 0) return '(?:[a]\\A)';
  return `[${set.map(([first, last]) => `${codePoint(first)}-${codePoint(last)}`).join('')}]`;
}

function codePoint(value: number): string {
  return `\\x{${value.toString(16)}}`;
}
