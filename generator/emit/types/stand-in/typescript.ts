import { WITH_REQUIRED } from '../print-types.js';
import { SyntaxKind, type SyntaxNode } from '../syntax-node.js';

/**
 * What openapi-typescript calls of TypeScript. The package is built with this module in the place of TypeScript, which
 * takes longer to load than to make the types of most documents. Nodes have the same properties; parentheses are added
 * when they are printed.
 */

const { Identifier, NumericLiteral, StringLiteral } = SyntaxKind;

type Nodes = readonly SyntaxNode[];

/** What each function makes; names are texts or identifiers. */
export const factory = {
  createToken: node,
  createModifier: node,
  createKeywordTypeNode: node,
  createTrue: () => node(SyntaxKind.TrueKeyword),
  createFalse: () => node(SyntaxKind.FalseKeyword),
  createNull: () => node(SyntaxKind.NullKeyword),
  createIdentifier: identifier,
  createStringLiteral: (text: string): SyntaxNode => ({ kind: StringLiteral, text }),
  createNumericLiteral: (value: string | number): SyntaxNode => ({ kind: NumericLiteral, text: String(value) }),
  createPrefixUnaryExpression: (_operator: number, operand: SyntaxNode): SyntaxNode => ({
    kind: SyntaxKind.PrefixUnaryExpression,
    operand,
  }),
  createLiteralTypeNode: (literal: SyntaxNode): SyntaxNode => ({ kind: SyntaxKind.LiteralType, literal }),
  createTypeReferenceNode: (name: string | SyntaxNode, typeArguments?: Nodes): SyntaxNode => ({
    kind: SyntaxKind.TypeReference,
    typeName: named(name),
    typeArguments,
  }),
  createIndexedAccessTypeNode: (objectType: SyntaxNode, indexType: SyntaxNode): SyntaxNode => ({
    kind: SyntaxKind.IndexedAccessType,
    objectType,
    indexType,
  }),
  createArrayTypeNode: (elementType: SyntaxNode): SyntaxNode => ({ kind: SyntaxKind.ArrayType, elementType }),
  createTupleTypeNode: (elements: Nodes): SyntaxNode => ({ kind: SyntaxKind.TupleType, elements }),
  createUnionTypeNode: (types: Nodes): SyntaxNode => ({ kind: SyntaxKind.UnionType, types }),
  createIntersectionTypeNode: (types: Nodes): SyntaxNode => ({ kind: SyntaxKind.IntersectionType, types }),
  createTypeLiteralNode: (members: Nodes = []): SyntaxNode => ({ kind: SyntaxKind.TypeLiteral, members }),
  createPropertySignature: (
    modifiers: Nodes | undefined,
    name: string | SyntaxNode,
    questionToken: SyntaxNode | undefined,
    type: SyntaxNode | undefined,
  ): SyntaxNode => ({ kind: SyntaxKind.PropertySignature, modifiers, name: named(name), questionToken, type }),
  createParameterDeclaration: (
    ...[, , name, , type]: [unknown, unknown, string | SyntaxNode, unknown, SyntaxNode]
  ): SyntaxNode => ({ kind: SyntaxKind.Parameter, name: named(name), type }),
  createIndexSignature: (modifiers: Nodes | undefined, parameters: Nodes, type: SyntaxNode): SyntaxNode => ({
    kind: SyntaxKind.IndexSignature,
    modifiers,
    parameters,
    type,
  }),
  createInterfaceDeclaration: (
    ...[modifiers, name, , , members]: [Nodes | undefined, string | SyntaxNode, unknown, unknown, Nodes]
  ): SyntaxNode => ({ kind: SyntaxKind.InterfaceDeclaration, modifiers, name: named(name), members }),
  createTypeAliasDeclaration: (
    modifiers: Nodes | undefined,
    name: string | SyntaxNode,
    _typeParameters: unknown,
    type: SyntaxNode,
  ): SyntaxNode => ({ kind: SyntaxKind.TypeAliasDeclaration, modifiers, name: named(name), type }),
  createNodeArray: (nodes: Nodes = []): Nodes => nodes,
};

function node(kind: number): SyntaxNode {
  return { kind };
}

function identifier(text: string): SyntaxNode {
  return { kind: Identifier, text, escapedText: text };
}

function named(name: string | SyntaxNode): SyntaxNode {
  return typeof name === 'string' ? identifier(name) : name;
}

function isKind(kind: number): (node: SyntaxNode) => boolean {
  return (node) => node.kind === kind;
}

/** Of the nodes that the factory makes, those that are types. */
const typeKinds: ReadonlySet<number> = new Set([
  SyntaxKind.BooleanKeyword,
  SyntaxKind.NeverKeyword,
  SyntaxKind.NumberKeyword,
  SyntaxKind.StringKeyword,
  SyntaxKind.UndefinedKeyword,
  SyntaxKind.UnknownKeyword,
  SyntaxKind.TypeReference,
  SyntaxKind.TypeLiteral,
  SyntaxKind.ArrayType,
  SyntaxKind.TupleType,
  SyntaxKind.UnionType,
  SyntaxKind.IntersectionType,
  SyntaxKind.IndexedAccessType,
  SyntaxKind.LiteralType,
]);

/** Adds a comment in front of a node. */
function addSyntheticLeadingComment(target: SyntaxNode, _kind: number, text: string, _newLine: boolean): SyntaxNode {
  target.emitNode = { leadingComments: [...(target.emitNode?.leadingComments ?? []), { text }] };
  return target;
}

/**
 * Parses the one declaration that openapi-typescript writes as text with our options.
 *
 * @throws Error for any other text: another version of openapi-typescript needs more of this module.
 */
function createSourceFile(_path: string, text: string): { readonly statements: Nodes } {
  if (text !== WITH_REQUIRED.source) throw new Error(`unexpected declaration of openapi-typescript: ${text}`);
  return { statements: [{ kind: SyntaxKind.TypeAliasDeclaration, name: identifier(WITH_REQUIRED.name) }] };
}

export default {
  factory,
  // Also by number, as TypeScript has it.
  SyntaxKind: { ...SyntaxKind, ...Object.fromEntries(Object.entries(SyntaxKind).map(([name, kind]) => [kind, name])) },
  ScriptTarget: { ESNext: 99 },
  addSyntheticLeadingComment,
  createSourceFile,
  isTypeNode: ({ kind }: SyntaxNode) => typeKinds.has(kind),
  isArrayTypeNode: isKind(SyntaxKind.ArrayType),
  isTupleTypeNode: isKind(SyntaxKind.TupleType),
  isInterfaceDeclaration: isKind(SyntaxKind.InterfaceDeclaration),
  isTypeAliasDeclaration: isKind(SyntaxKind.TypeAliasDeclaration),
};
