/** The kinds of nodes in types, with the numbers of TypeScript 5.9. */
export const SyntaxKind = {
  SingleLineCommentTrivia: 2,
  MultiLineCommentTrivia: 3,
  NumericLiteral: 9,
  StringLiteral: 11,
  MinusToken: 41,
  QuestionToken: 58,
  Identifier: 80,
  ExportKeyword: 95,
  FalseKeyword: 97,
  NullKeyword: 106,
  TrueKeyword: 112,
  BooleanKeyword: 136,
  NeverKeyword: 146,
  ReadonlyKeyword: 148,
  NumberKeyword: 150,
  StringKeyword: 154,
  UndefinedKeyword: 157,
  UnknownKeyword: 159,
  Parameter: 170,
  PropertySignature: 172,
  IndexSignature: 182,
  TypeReference: 184,
  TypeLiteral: 188,
  ArrayType: 189,
  TupleType: 190,
  UnionType: 193,
  IntersectionType: 194,
  ParenthesizedType: 197,
  IndexedAccessType: 200,
  LiteralType: 202,
  PrefixUnaryExpression: 225,
  InterfaceDeclaration: 265,
  TypeAliasDeclaration: 266,
} as const;

/** A node of a syntax tree with the properties that TypeScript gives it; which ones it has depends on its kind. */
export interface SyntaxNode {
  readonly kind: number;
  readonly text?: string;
  readonly escapedText?: string;
  readonly modifiers?: readonly SyntaxNode[] | undefined;
  readonly name?: SyntaxNode;
  readonly questionToken?: SyntaxNode | undefined;
  readonly type?: SyntaxNode | undefined;
  readonly types?: readonly SyntaxNode[];
  readonly parameters?: readonly SyntaxNode[];
  readonly members?: readonly SyntaxNode[];
  readonly elementType?: SyntaxNode;
  readonly elements?: readonly SyntaxNode[];
  readonly typeName?: SyntaxNode;
  readonly typeArguments?: readonly SyntaxNode[] | undefined;
  readonly objectType?: SyntaxNode;
  readonly indexType?: SyntaxNode;
  readonly literal?: SyntaxNode;
  readonly operand?: SyntaxNode;
  /** Where TypeScript keeps the comments of a node that comes from no text. */
  emitNode?: { readonly leadingComments?: readonly { readonly text: string }[] };
}
