import { pascalCase, reserveTypeName } from '../../client/names.js';
import { dependencyOrder } from '../dependency-order.js';
import { factory } from './stand-in/typescript.js';
import { SyntaxKind, type SyntaxNode } from './syntax-node.js';

/**
 * Gives schemas that are a list of themselves, or such a list among other forms, types of their own: TypeScript finds the
 * end of such a circle in `type JsonValue = string | JsonValue[]`, but not between members of an interface.
 *
 * @returns the same declarations if there is no circle
 */
export function nameCircles(declarations: readonly SyntaxNode[]): readonly SyntaxNode[] {
  const components = declarations.find(({ name }) => name?.text === 'components');
  const schemas = components?.members?.find((member) => nameOf(member) === 'schemas');
  const types = new Map((schemas?.type?.members ?? []).map((member) => [nameOf(member), member.type]));
  const circular = circularIn(types, () => true);
  if (components === undefined || schemas === undefined || circular.size === 0) return declarations;
  const taken = new Set<string>();
  const names = new Map([...circular].map((name) => [name, reserveTypeName(`${pascalCase(name)}Schema`, taken)]));
  const endless = circularIn(types, (isInList) => !isInList);
  const aliases = [...names].map(([name, alias]) =>
    factory.createTypeAliasDeclaration(
      undefined,
      alias,
      undefined,
      renamed(types.get(name), { names, endless }, false),
    ),
  );
  const members = schemas.type?.members?.map((member) => {
    const alias = names.get(nameOf(member));
    return alias === undefined ? member : { ...member, type: factory.createTypeReferenceNode(alias) };
  });
  const named = { ...schemas, type: factory.createTypeLiteralNode(members) };
  return declarations.flatMap((declaration) =>
    declaration === components
      ? [
          ...aliases,
          { ...components, members: components.members?.map((member) => (member === schemas ? named : member)) ?? [] },
        ]
      : [declaration],
  );
}

type Types = ReadonlyMap<string, SyntaxNode | undefined>;

/** The schemas that lead back to themselves by references that count. A property ends the search: it is read when used. */
function circularIn(types: Types, counts: (isInList: boolean) => boolean): ReadonlySet<string> {
  const needs = new Map([...types].map(([name, type]) => [name, [...referencesIn(type, counts, false)]]));
  return new Set(dependencyOrder(needs).flatMap(({ name, isCircular }) => (isCircular ? [name] : [])));
}

function* referencesIn(
  node: SyntaxNode | undefined,
  counts: (isInList: boolean) => boolean,
  isInList: boolean,
): Generator<string> {
  if (node === undefined || node.kind === SyntaxKind.TypeLiteral) return;
  const name = schemaIn(node);
  if (name !== undefined && counts(isInList)) yield name;
  if (name === undefined) for (const part of partsOf(node)) yield* referencesIn(part, counts, isInList || isList(node));
}

interface Renaming {
  readonly names: ReadonlyMap<string, string>;
  /** Schemas that contain themselves without a list in between, so that no type can be said. */
  readonly endless: ReadonlySet<string>;
}

/** The type with the names of circular schemas in place of references to them. */
function renamed(node: SyntaxNode | undefined, renaming: Renaming, isInList: boolean): SyntaxNode {
  const unknown = { kind: SyntaxKind.UnknownKeyword };
  if (node === undefined) return unknown;
  const name = schemaIn(node);
  if (name !== undefined) {
    const alias = renaming.names.get(name);
    if (alias === undefined) return node;
    return !isInList && renaming.endless.has(name) ? unknown : factory.createTypeReferenceNode(alias);
  }
  const inner = (part: SyntaxNode) => renamed(part, renaming, isInList || isList(node));
  const { elementType, elements, types, type, typeArguments } = node;
  if (node.kind === SyntaxKind.TypeLiteral) return node;
  return {
    ...node,
    ...(elementType && { elementType: inner(elementType) }),
    ...(elements && { elements: elements.map(inner) }),
    ...(types && { types: types.map(inner) }),
    ...(type && { type: inner(type) }),
    ...(typeArguments && { typeArguments: typeArguments.map(inner) }),
  };
}

function partsOf({ elementType, elements, types, type, typeArguments, objectType }: SyntaxNode): readonly SyntaxNode[] {
  return [elementType, elements, types, type, typeArguments, objectType].flatMap((part) => part ?? []);
}

function isList({ kind }: SyntaxNode): boolean {
  return kind === SyntaxKind.ArrayType || kind === SyntaxKind.TupleType;
}

/** The name in `components['schemas']['Name']`. */
function schemaIn({ kind, objectType, indexType }: SyntaxNode): string | undefined {
  if (kind !== SyntaxKind.IndexedAccessType || objectType?.kind !== SyntaxKind.IndexedAccessType) return undefined;
  const isSchema =
    objectType.objectType?.typeName?.text === 'components' && literalOf(objectType.indexType) === 'schemas';
  return isSchema ? literalOf(indexType) : undefined;
}

function literalOf(node: SyntaxNode | undefined): string {
  return unquoted(node?.literal?.text ?? node?.text ?? '');
}

function nameOf({ name }: SyntaxNode): string {
  return unquoted(name?.text ?? '');
}

/** openapi-typescript writes string literals as identifiers, too. */
function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
