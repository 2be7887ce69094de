import { createRequire } from 'node:module';
import { type Context, createContext, Script } from 'node:vm';
import type * as Re2 from 're2js';
import { isObject } from '../pointer.js';
import { regexpp } from './regexpp.js';
import { toRe2 } from './to-re2.js';

/** Whether a text matches. */
export type Matcher = (text: string) => boolean;

/** Loaded synchronously and only when needed: most contracts have only simple patterns. */
const require = createRequire(import.meta.url);

/**
 * A matcher for a pattern that comes from a contract, and so perhaps from a stranger: JavaScript's own engine backtracks
 * for years on some patterns and texts. Simple patterns use it, all others RE2, whose time grows with the text alone; for
 * what RE2 cannot do, JavaScript's engine gets a time limit.
 */
export function safeMatcher(pattern: RegExp): Matcher {
  if (isSimple(pattern.source)) return (text) => pattern.test(text);
  return linearMatcher(pattern) ?? timedMatcher(pattern, MOST_MILLISECONDS);
}

/** One character: itself, an escape, or a class. Every pattern splits into these in one way only. */
const UNIT = String.raw`(?:[^\\^$.*+?()[\]{}|]|\.|\\[dDwWsS]|\\[^\w\s]|\[(?:[^\\[\]]|\\[dDwWsS]|\\[^\w\s])+\])`;
const COUNTED = String.raw`${UNIT}(?:\{\d{1,3}\})?`;
const VARIABLE = String.raw`${UNIT}(?:[*+?]|\{\d{1,3},\d{0,3}\})`;
/** Anchored, so that a text is tried at one place only; what follows a part of variable length is short. */
const ANCHORED = new RegExp(`^\\^(?:${COUNTED})*(?:${VARIABLE}(?:${UNIT}){0,20})?\\$?$`);
const SHORT = new RegExp(`^(?:${UNIT}){1,20}\\$?$`);

/**
 * Whether JavaScript's engine needs only time in proportion to the length of a text: the pattern has no groups and no
 * alternatives, and at most one part of variable length.
 */
export function isSimple(source: string): boolean {
  return source.length < 200 && (ANCHORED.test(source) || SHORT.test(source));
}

/** A matcher by RE2; nothing if RE2 cannot match the pattern. */
export function linearMatcher(pattern: RegExp): Matcher | undefined {
  const { RegExpParser } = regexpp();
  const { source, unicode } = pattern;
  const parsed = new RegExpParser().parsePattern(source, 0, source.length, { unicode, unicodeSets: false });
  const translated = toRe2(parsed);
  if (translated === undefined) return undefined;
  const { RE2JS, RE2JSException } = require('re2js') as typeof Re2;
  try {
    const compiled = RE2JS.compile(translated);
    if (unicode) return (text) => compiled.test(text);
    // Legacy mode sees halves of characters beyond U+FFFF, RE2 the whole.
    const timed = timedMatcher(pattern, MOST_MILLISECONDS);
    return (text) => (/[\ud800-\udfff]/.test(text) ? timed(text) : compiled.test(text));
  } catch (error) {
    // Nested counts may exceed RE2's limit on the size of a program.
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}

/** Long enough for any sensible pattern, short enough for a server to go on answering. */
const MOST_MILLISECONDS = 100;

/** A matcher by JavaScript's engine. A text that needs more time does not match: what cannot be decided is refused. */
export function timedMatcher(pattern: RegExp, mostMilliseconds: number): Matcher {
  const script = new Script('pattern.test(text)');
  let context: Context | undefined;
  return (text) => {
    context ??= createContext(Object.create(null));
    context.pattern = pattern;
    context.text = text;
    try {
      return script.runInContext(context, { timeout: mostMilliseconds }) === true;
    } catch (error) {
      // Not an instance of this realm's Error.
      if (isObject(error) && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
      throw error;
    }
  };
}
