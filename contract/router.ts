/** The target of a path and the values of its parameters. */
export interface Match<Target> {
  readonly target: Target;
  /** Path parameters, encoded as in the path. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface Node<Target> {
  readonly fixed: Map<string, Node<Target>>;
  /** Segments with parameters in them: those with the most fixed text first, then in the order in which they were added. */
  readonly variable: {
    readonly shape: string;
    readonly pattern: RegExp | undefined;
    readonly names: readonly string[];
    readonly node: Node<Target>;
  }[];
  target?: Target;
}

/**
 * Finds the target of a path among templates such as `/shelves/{id}/books`. A fixed segment takes precedence over a
 * parameter, as OpenAPI requires; an empty segment matches no parameter.
 */
export class Router<Target> {
  readonly #root: Node<Target> = emptyNode();

  /** The target of a template, created by `make` if the template is new. */
  at(template: string, make: () => Target): Target {
    let node = this.#root;
    for (const segment of template.split('/').slice(1)) node = nextNode(node, segment);
    node.target ??= make();
    return node.target;
  }

  find(path: string): Match<Target> | undefined {
    return path.startsWith('/') ? walk(this.#root, path.split('/'), 1, []) : undefined;
  }

  /** The same for segments that the caller has split and decoded. */
  findSegments(segments: readonly string[]): Match<Target> | undefined {
    return walk(this.#root, ['', ...segments], 1, []);
  }
}

/** @param found - names and values of the parameters so far, in turn; as it was if nothing matches */
function walk<Target>(
  node: Node<Target>,
  segments: readonly string[],
  at: number,
  found: string[],
): Match<Target> | undefined {
  const segment = segments[at];
  if (segment === undefined) {
    if (node.target === undefined) return undefined;
    const parameters: Record<string, string> = {};
    for (let index = 0; index < found.length; index += 2) parameters[found[index] ?? ''] = found[index + 1] ?? '';
    return { target: node.target, parameters };
  }
  const fixed = node.fixed.get(segment);
  const match = fixed === undefined ? undefined : walk(fixed, segments, at + 1, found);
  if (match !== undefined || segment === '') return match;
  for (const { pattern, names, node: next } of node.variable) {
    const values = pattern?.exec(segment);
    if (values === null) continue;
    const { length } = found;
    for (let index = 0; index < names.length; index += 1)
      found.push(names[index] ?? '', values === undefined ? segment : (values[index + 1] ?? ''));
    const deeper = walk(next, segments, at + 1, found);
    if (deeper !== undefined) return deeper;
    found.length = length;
  }
  return undefined;
}

function nextNode<Target>(node: Node<Target>, segment: string): Node<Target> {
  if (!segment.includes('{')) {
    const known = node.fixed.get(segment) ?? emptyNode<Target>();
    node.fixed.set(segment, known);
    return known;
  }
  const known = node.variable.find(({ shape }) => shape === segment);
  if (known !== undefined) return known.node;
  const names = [...segment.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
  const whole = /^\{[^{}]+\}$/.test(segment);
  const source = segment
    .split(/\{[^{}]+\}/)
    .map(escapePattern)
    .join('(.+?)');
  const next = {
    shape: segment,
    pattern: whole ? undefined : new RegExp(`^${source}$`),
    names,
    node: emptyNode<Target>(),
  };
  node.variable.push(next);
  // `{id}:cancel` is more specific than `{id}`.
  node.variable.sort((one, other) => fixedLength(other.shape) - fixedLength(one.shape));
  return next.node;
}

function fixedLength(shape: string): number {
  return shape.replaceAll(/\{[^{}]+\}/g, '').length;
}

function emptyNode<Target>(): Node<Target> {
  return { fixed: new Map(), variable: [] };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
