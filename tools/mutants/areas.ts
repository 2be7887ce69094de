/** The folders whose code is mutated: what decides an answer, a verdict or a change. */
export const AREAS = [
  'contract',
  'diff',
  'tenant',
  'generator/runtime',
  'conformance/cleanup',
  'conformance/engine',
  'conformance/judge',
  'conformance/model',
  'conformance/preflight',
  'conformance/report',
  'conformance/session',
] as const;

/**
 * Folders in the areas that `rolecall generate` writes. They are copies: what writes them is tested in `generator/`, and
 * their runtime is that of `generator/runtime`, which is an area of its own.
 */
export const GENERATED = ['tenant/control/client'] as const;

/** The area of a file, by its path relative to the project. */
export function areaOf(file: string): string | undefined {
  return AREAS.find((area) => file.startsWith(`${area}/`));
}

/** Packages whose tests of the whole are in a folder of their own. */
const WHOLE_TESTS: Readonly<Record<string, string>> = { conformance: 'conformance/tests' };

/** The folders with the tests of an area: its own, and those of the whole package that are elsewhere. */
export function testFoldersOf(area: string): readonly string[] {
  const whole = WHOLE_TESTS[area.split('/', 1)[0] ?? ''];
  return whole === undefined ? [area] : [area, whole];
}
