/** The segments of a path, without an empty one at the end. */
export function pathSegments(path: string): readonly string[] {
  return path.replace(/\/+$/, '').split('/');
}

/** The same text for paths that differ in the names of their parameters only. */
export function shapeOf(segments: readonly string[]): string {
  return segments.map((segment) => segment.replaceAll(/\{[^{}]*\}/g, '{}')).join('/');
}

/** Whether a segment is a parameter as a whole. */
export function isParameter(segment: string | undefined): boolean {
  return segment !== undefined && /^\{[^{}]+\}$/.test(segment);
}
