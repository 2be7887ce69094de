/** The target of a path and the values of its parameters. */
export interface Match<Target> {
  readonly target: Target;
  /** Path parameters, encoded as in the path. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface Node<Target> {
  readonly fixed: Map<string, Node<Target>>;
  /**
   * Segments with parameters in them, whatever the names: those with the most fixed text first, then in the order in which
   * they were added.
   */
  readonly variable: {
    readonly shape: string;
    readonly pattern: RegExp | undefined;
    readonly node: Node<Target>;
  }[];
  end?: {
    readonly target: Target;
    /** Of the parameters, in the order of the path. */
    readonly names: readonly string[];
  };
}

/**
 * Finds the target of a path among templates such as `/shelves/{id}/books`. A fixed segment takes precedence over a
 * parameter, as OpenAPI requires; an empty segment matches no parameter.
 */
export class Router<Target> {
  readonly #root: Node<Target> = emptyNode();

  /** The target of a template, created by `make` if the template is new. Names of parameters make no difference. */
  at(template: string, make: () => Target): Target {
    let node = this.#root;
    for (const segment of template.split('/').slice(1)) node = nextNode(node, segment);
    node.end ??= { target: make(), names: [...template.matchAll(PARAMETER)].map(([, name = '']) => name) };
    return node.end.target;
  }

  /** @param accepts - whether a target is wanted; without it, the path's most specific one is */
  find(path: string, accepts?: Accepts<Target>): Match<Target> | undefined {
    return path.startsWith('/') ? walk({ segments: path.split('/'), accepts }, this.#root, 1, []) : undefined;
  }

  /** The same for segments that the caller has split and decoded. */
  findSegments(segments: readonly string[]): Match<Target> | undefined {
    return walk({ segments: ['', ...segments], accepts: undefined }, this.#root, 1, []);
  }
}

type Accepts<Target> = (target: Target) => boolean;

interface Search<Target> {
  readonly segments: readonly string[];
  readonly accepts: Accepts<Target> | undefined;
}

/** @param found - values of the parameters so far; as it was if nothing matches */
function walk<Target>(
  search: Search<Target>,
  node: Node<Target>,
  at: number,
  found: string[],
): Match<Target> | undefined {
  const segment = search.segments[at];
  if (segment === undefined) {
    if (node.end === undefined || search.accepts?.(node.end.target) === false) return undefined;
    const { target, names } = node.end;
    const parameters: Record<string, string> = {};
    for (let index = 0; index < names.length; index += 1) parameters[names[index] ?? ''] = found[index] ?? '';
    return { target, parameters };
  }
  const fixed = node.fixed.get(segment) ?? (segment.includes('%') ? node.fixed.get(encoded(segment)) : undefined);
  const match = fixed === undefined ? undefined : walk(search, fixed, at + 1, found);
  if (match !== undefined || segment === '') return match;
  for (const { pattern, node: next } of node.variable) {
    const values = pattern?.exec(segment);
    if (values === null) continue;
    const { length } = found;
    if (values === undefined) found.push(segment);
    else found.push(...values.slice(1));
    const deeper = walk(search, next, at + 1, found);
    if (deeper !== undefined) return deeper;
    found.length = length;
  }
  return undefined;
}

function nextNode<Target>(node: Node<Target>, segment: string): Node<Target> {
  if (!segment.includes('{')) {
    const known = node.fixed.get(segment) ?? emptyNode<Target>();
    node.fixed.set(segment, known);
    if (isEncodedInUrls(segment)) node.fixed.set(encoded(segment), known);
    return known;
  }
  const shape = segment.replaceAll(PARAMETER, '{}');
  const known = node.variable.find((each) => each.shape === shape);
  if (known !== undefined) return known.node;
  const source = shape.split('{}').map(fixedPattern).join('(.+?)');
  const next = { shape, pattern: shape === '{}' ? undefined : new RegExp(`^${source}$`), node: emptyNode<Target>() };
  node.variable.push(next);
  // `{id}:cancel` is more specific than `{id}`.
  node.variable.sort((one, other) => fixedLength(other.shape) - fixedLength(one.shape));
  return next.node;
}

function fixedLength(shape: string): number {
  return shape.replaceAll('{}', '').length;
}

const PARAMETER = /\{([^{}]+)\}/g;

function emptyNode<Target>(): Node<Target> {
  return { fixed: new Map(), variable: [] };
}

/** Whether URLs have a text otherwise than written: they percent-encode spaces, brackets and what is not ASCII. */
function isEncodedInUrls(text: string): boolean {
  return /[^!#-;=?-Z\]_a-z~]/.test(text);
}

/** One form for every way to percent-encode a segment. A malformed one stays as it is. */
function encoded(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment));
  } catch {
    return segment;
  }
}

/** Matches a text as it is written, and as it is in URLs. */
function fixedPattern(text: string): string {
  const written = escapePattern(text);
  return isEncodedInUrls(text) ? `(?:${written}|${escapePattern(encodeURI(text))})` : written;
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
