import { createRequire } from 'node:module';
import type { Json } from '../contract.js';
import { lazy } from '../lazy.js';
import { isUuidFormat, uuidOfFormat, VERSIONED_UUIDS } from './uuid-format.js';

const UUID = '00000000-0000-4000-8000-000000000000';

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
  uuid: UUID,
  ...Object.fromEntries(VERSIONED_UUIDS.map((format) => [format, uuidOfFormat(format, UUID)])),
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  hostname: 'example.com',
  byte: 'dmFsdWU=',
  // Texts of integers are those that JSON cannot hold.
  int64: '4611686018427387904',
  uint64: '4611686018427387904',
  'json-pointer': '/a',
  'relative-json-pointer': '0',
  'json-pointer-uri-fragment': '#/a',
  regex: '^a$',
};

/** A text of a format. */
export function formatSample(format: Json | undefined): string | undefined {
  return typeof format === 'string' && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
}

/** What ajv-formats has for a format: nothing to judge, or how to judge texts or numbers. */
type Rule = true | Test | { readonly type?: 'number'; readonly validate: Test };
type Test = RegExp | ((value: string | number) => boolean);

/** Loaded with the first text that is not a sample. The rest of ajv takes much longer to load. */
const rules = lazy(() => {
  const { fullFormats } = createRequire(import.meta.url)('ajv-formats/dist/formats.js');
  return fullFormats as Readonly<Record<string, Rule>>;
});

/**
 * Whether a value fits a format; undefined if only the validator can say. Formats that ajv-formats does not have fit every
 * value.
 */
export function fitsFormat(format: Json | undefined, value: Json): boolean | undefined {
  if (typeof format !== 'string' || (typeof value !== 'string' && typeof value !== 'number')) return true;
  if (value === formatSample(format)) return true;
  const name = isUuidFormat(format) ? 'uuid' : format;
  const rule = Object.hasOwn(rules(), name) ? rules()[name] : undefined;
  if (rule === undefined || rule === true) return true;
  const judgesNumbers = 'validate' in rule && rule.type === 'number';
  if (judgesNumbers !== (typeof value === 'number')) return true;
  // The validator is stricter than ajv-formats.
  if (format === 'date-time') return undefined;
  const test = 'validate' in rule ? rule.validate : rule;
  const fits = test instanceof RegExp ? test.test(String(value)) : test(value);
  // Of answers it takes more.
  return fits || format !== 'email' ? fits : undefined;
}
