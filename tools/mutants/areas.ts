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

/**
 * Folders in the areas that `rolecall generate` writes. They are copies: what writes them is tested in `generator/`, and
 * their runtime is that of `generator/runtime`, which is an area of its own.
 */
export const GENERATED = ['tenant/control/client'] as const;

/** The area of a file, by its path relative to the project. */
export function areaOf(file: string): string | undefined {
  return AREAS.find((area) => file.startsWith(`${area}/`));
}
