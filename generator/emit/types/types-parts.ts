/// <reference path="./openapi-typescript.d.ts" />
import type { GlobalContext, OpenAPI3 } from 'openapi-typescript';
import transformSchema from 'openapi-typescript/dist/transform/index.cjs';
import { SyntaxKind, type SyntaxNode } from './syntax-node.js';

type Declarations = readonly SyntaxNode[];

/**
 * Makes the types of a document path by path, and keeps them: while a contract is being watched, most paths stay as they
 * are. The declarations equal those of the document in one piece; those that are kept are the same objects again, so that
 * they need not be printed again either.
 */
export class TypesParts {
  /** Everything but the paths, to which paths refer. */
  #rest = '';
  #ofRest: Declarations = [];
  /** The path item and its types, by path. */
  #paths = new Map<string, { readonly item: string; readonly types: Declarations }>();

  transform(document: OpenAPI3, context: GlobalContext): Declarations {
    const { paths = {}, ...others } = document;
    const rest = JSON.stringify([others, context.discriminators]);
    const items = new Map(Object.entries(paths).map(([path, item]) => [path, JSON.stringify(item)]));
    // What a reference into a path leads to would not be compared.
    const isReferred = [rest, ...items.values()].some((text) => text.includes('"#/paths/'));
    if (isReferred || items.size === 0) return transformSchema(document, context);
    if (this.#rest !== rest) {
      this.#rest = rest;
      this.#ofRest = transformPart({ ...document, paths: {} }, context);
      this.#paths.clear();
    }
    const known = this.#paths;
    this.#paths = new Map(
      [...items].map(([path, item]) => {
        const last = known.get(path);
        if (last?.item === item) return [path, last];
        const part = { openapi: document.openapi, info: document.info, paths: { [path]: paths[path] } } as OpenAPI3;
        return [path, { item, types: transformPart(part, context) }];
      }),
    );
    return joined(
      [...this.#paths.values()].map(({ types }) => types),
      this.#ofRest,
    );
  }
}

/** With its own list of the declarations that other types need. */
function transformPart(part: OpenAPI3, context: GlobalContext): Declarations {
  return transformSchema(part, { ...context, injectFooter: [] });
}

/** What openapi-typescript declares in any case, in this order; then come the declarations that these need. */
const SECTIONS = new Set(['paths', 'webhooks', 'components', '$defs']);

/** The declarations of all parts: `paths` and `operations` have the members of each. */
function joined(paths: readonly Declarations[], rest: Declarations): Declarations {
  const all = [...paths, rest].flat();
  const sections = rest.filter((one) => SECTIONS.has(nameOf(one)));
  // A part without operations that have an id declares them as an empty type.
  const needed = all.filter((one) => !SECTIONS.has(nameOf(one)) && (nameOf(one) !== 'operations' || isInterface(one)));
  const names = new Set(needed.map(nameOf));
  names.add('operations');
  return [
    ...sections.map((one) => joinedInterface(nameOf(one), all) ?? one),
    ...[...names].flatMap((name) => joinedInterface(name, all) ?? all.findLast((one) => nameOf(one) === name) ?? []),
  ];
}

function joinedInterface(name: string, all: Declarations): SyntaxNode | undefined {
  const same = all.filter((one) => nameOf(one) === name && isInterface(one));
  const [first] = same;
  return first && { ...first, members: same.flatMap(({ members = [] }) => members) };
}

function isInterface({ kind }: SyntaxNode): boolean {
  return kind === SyntaxKind.InterfaceDeclaration;
}

function nameOf({ name }: SyntaxNode): string {
  return name?.text ?? '';
}
