import type { Schema } from '../contract.js';
import { patternSample } from './pattern-sample.js';

/** The longest text that is made: a document may ask for billions of characters. */
const LONGEST = 10_000;

/** Texts of formats. */
const FORMATS: Readonly<Record<string, string>> = {
  uri: 'https://example.com/',
  url: 'https://example.com/',
  iri: 'https://example.com/',
  'uri-reference': '/path',
  'uri-template': '/path/{id}',
  email: 'jane@example.com',
  'date-time': '2026-01-01T00:00:00.000Z',
  'iso-date-time': '2026-01-01T00:00:00.000Z',
  date: '2026-01-01',
  time: '00:00:00Z',
  'iso-time': '00:00:00Z',
  duration: 'P1D',
  uuid: '00000000-0000-4000-8000-000000000000',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  hostname: 'example.com',
  byte: 'dmFsdWU=',
  'json-pointer': '/a',
  'relative-json-pointer': '0',
  'json-pointer-uri-fragment': '#/a',
  regex: '^a$',
};

/** Texts that may fit a schema, the likeliest first. */
export function textSamples({ pattern, format, minLength, maxLength }: Schema, name: string): readonly string[] {
  const least = Math.min(typeof minLength === 'number' ? minLength : 0, LONGEST);
  const most = typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY;
  const matching = typeof pattern === 'string' ? patternSample(pattern) : undefined;
  const ofFormat = typeof format === 'string' && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  const texts = [matching, ofFormat, name].filter((text) => text !== undefined);
  const longer = typeof pattern === 'string' && least > 0 ? patternSample(pattern, least) : undefined;
  const fitted = texts.map((text) => {
    if (text.length >= least && text.length <= most) return text;
    // Whatever repeats at the end of a pattern may repeat again.
    return text.padEnd(least, text === name ? 'x' : (text.at(-1) ?? 'x')).slice(0, most);
  });
  return longer === undefined ? fitted : [...fitted, longer];
}
