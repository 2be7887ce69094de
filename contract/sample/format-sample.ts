import type { Json } from '../contract.js';

/** Texts of the formats that the validator judges, and of some that it does not. */
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

/** Formats that every text fits. */
const UNJUDGED = new Set(['iri']);

/** Formats of numbers; texts are not judged by them. */
const NUMBERS: Readonly<Record<string, (value: number) => boolean>> = {
  int32: (value) => (value | 0) === value,
  int64: Number.isInteger,
};

/** A text of a format. */
export function formatSample(format: Json | undefined): string | undefined {
  return typeof format === 'string' && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
}

/** Whether a value fits a format for sure, without a validator. */
export function fitsFormat(format: Json | undefined, value: Json): boolean {
  if (typeof format !== 'string') return true;
  if (typeof value === 'number') return !Object.hasOwn(NUMBERS, format) || NUMBERS[format]?.(value) === true;
  const sample = UNJUDGED.has(format) ? undefined : formatSample(format);
  return typeof value !== 'string' || sample === undefined || value === sample;
}
