import type { AST } from '@eslint-community/regexpp';
import { regexpp } from '../pattern/regexpp.js';

/** Characters to try for a class of characters, the likeliest first. */
const CHARACTERS = [...'a1A0bZ-_ .:/@é漢', ...printableAscii()];

/**
 * A text that matches a pattern, if one is found without search: assertions and references are not followed.
 *
 * @param repeats - how often a part repeats that may repeat so often. Default: 1
 */
export function patternSample(pattern: string, repeats = 1): string | undefined {
  const key = `${repeats} ${pattern}`;
  if (!known.has(key)) known.set(key, findSample(pattern, repeats));
  return known.get(key);
}

/** Documents repeat their patterns, and parsing one takes longer than most samples. */
const known = new Map<string, string | undefined>();

function findSample(pattern: string, repeats: number): string | undefined {
  const { RegExpParser } = regexpp();
  for (const unicode of [true, false]) {
    try {
      const parser = new RegExpParser({ ecmaVersion: 2024 });
      return sampleOf(parser.parsePattern(pattern, 0, pattern.length, { unicode }), repeats);
    } catch {
      // The other mode may read it, as for every pattern.
    }
  }
  return undefined;
}

function sampleOf(node: AST.Node, repeats: number): string {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives[0] === undefined ? '' : sampleOf(node.alternatives[0], repeats);
    case 'Alternative':
      return node.elements.map((element) => sampleOf(element, repeats)).join('');
    case 'Quantifier':
      // One rather than none: a name of one letter is a better example than an empty one.
      return repeated(sampleOf(node.element, repeats), Math.max(node.min, Math.min(repeats, node.max)));
    case 'Character':
      return String.fromCodePoint(node.value);
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass': {
      const one = new RegExp(`^${node.raw}$`, 'u');
      return CHARACTERS.find((character) => one.test(character)) ?? '';
    }
    default:
      return '';
  }
}

/** The longest text that is made. */
const LONGEST = 10_000;

/** A pattern may repeat a repetition billions of times; such a text is cut, and does not match. */
function repeated(text: string, times: number): string {
  return text === '' ? '' : text.repeat(Math.min(times, Math.ceil(LONGEST / text.length))).slice(0, LONGEST);
}

function printableAscii(): readonly string[] {
  return Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
}
