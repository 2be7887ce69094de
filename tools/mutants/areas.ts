/** The folders whose code is mutated: what decides an answer, a verdict or a change. */
export const AREAS = [
  'contract',
  'diff',
  'tenant',
  'generator/runtime',
  'conformance/engine',
  'conformance/judge',
  'conformance/model',
  'conformance/report',
] as const;

/** The area of a file, by its path relative to the project. */
export function areaOf(file: string): string | undefined {
  return AREAS.find((area) => file.startsWith(`${area}/`));
}
