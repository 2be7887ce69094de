import type { Contract, Operation } from '../../contract/contract.js';

/** An operation that a method and a path name, and what the path says. */
export interface RouteMatch {
  readonly operation: Operation;
  /** Path parameters, decoded. */
  readonly path: Readonly<Record<string, string>>;
}

export interface RouteTable {
  /** Nothing where the contract has no such operation. */
  match(method: string, path: string): RouteMatch | undefined;
}

interface Route {
  readonly operation: Operation;
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly literal?: string;
  readonly pattern?: RegExp;
  readonly names: readonly string[];
}

export function routeTable(contract: Contract): RouteTable {
  const byMethodAndLength = new Map<string, Route[]>();
  for (const operation of contract.operations) {
    const segments = operation.route.split('/').map(segmentOf);
    const key = `${operation.method} ${segments.length}`;
    byMethodAndLength.set(key, [...(byMethodAndLength.get(key) ?? []), { operation, segments }]);
  }
  // `/organizations/name/{name}` goes before `/organizations/{id}/members`, as OpenAPI says: concrete before templated.
  for (const routes of byMethodAndLength.values()) routes.sort((left, right) => compareLiterals(left, right));
  return {
    match(method, path) {
      const parts = path.split('/');
      for (const { operation, segments } of byMethodAndLength.get(`${method} ${parts.length}`) ?? []) {
        const values = matchSegments(segments, parts);
        if (values !== undefined) return { operation, path: values };
      }
      return undefined;
    },
  };
}

function segmentOf(text: string): Segment {
  const names = [...text.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
  if (names.length === 0) return { literal: text, names };
  const pattern = text
    .split(/\{[^}]+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('(.+)');
  return { pattern: new RegExp(`^${pattern}$`), names };
}

function compareLiterals(left: Route, right: Route): number {
  const at = left.segments.findIndex(
    ({ literal }, index) => (literal === undefined) !== (right.segments[index]?.literal === undefined),
  );
  if (at === -1) return 0;
  return left.segments[at]?.literal === undefined ? 1 : -1;
}

function matchSegments(
  segments: readonly Segment[],
  parts: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const values: [string, string][] = [];
  for (const [index, { literal, pattern, names }] of segments.entries()) {
    const part = decode(parts[index] ?? '');
    if (part === undefined) return undefined;
    if (literal !== undefined) {
      if (part !== literal) return undefined;
      continue;
    }
    // A URL cannot carry these: it would be another path by the time it is sent.
    if (part === '' || part === '.' || part === '..') return undefined;
    const match = pattern?.exec(part);
    if (!match) return undefined;
    for (const [place, name] of names.entries()) values.push([name, match[place + 1] ?? '']);
  }
  return Object.fromEntries(values);
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
