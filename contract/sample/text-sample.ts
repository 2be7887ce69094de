import type { Schema } from '../contract.js';
import { formatSample } from './format-sample.js';
import { patternSample } from './pattern-sample.js';

/** The longest text that is made: a document may ask for billions of characters. */
const LONGEST = 10_000;

/** Texts that may fit a schema, the likeliest first. */
export function textSamples({ pattern, format, minLength, maxLength }: Schema, name: string): readonly string[] {
  const least = Math.min(typeof minLength === 'number' ? minLength : 0, LONGEST);
  const most = typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY;
  const matching = typeof pattern === 'string' ? patternSample(pattern) : undefined;
  const ofFormat = formatSample(format);
  const texts = [matching, ofFormat, name].filter((text) => text !== undefined);
  const longer = typeof pattern === 'string' && least > 0 ? patternSample(pattern, least) : undefined;
  const fitted = texts.map((text) => {
    if (text.length >= least && text.length <= most) return text;
    // Whatever repeats at the end of a pattern may repeat again.
    return text.padEnd(least, text === name ? 'x' : (text.at(-1) ?? 'x')).slice(0, most);
  });
  return longer === undefined ? fitted : [...fitted, longer];
}
