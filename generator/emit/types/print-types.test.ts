import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { printTypes, WITH_REQUIRED } from './print-types.js';
import standIn from './stand-in/typescript.js';
import { SyntaxKind, type SyntaxNode } from './syntax-node.js';

/** What TypeScript prints, with two spaces, and single quotes outside comments. */
function printedByTypeScript(nodes: readonly unknown[]): string {
  const file = ts.createSourceFile('types.ts', '', ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS);
  const statements = ts.factory.createNodeArray(nodes as ts.Statement[]);
  const text = ts
    .createPrinter({ newLine: ts.NewLineKind.LineFeed })
    .printFile(ts.factory.updateSourceFile(file, statements));
  return text
    .replace(/^(?: {4})+/gm, (spaces) => spaces.slice(spaces.length / 2))
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, (part) =>
      !part.startsWith('"') || part.includes("'") ? part : `'${part.slice(1, -1).replaceAll('\\"', '"')}'`,
    );
}

/** TypeScript seen as the part of it for which there is a stand-in. */
const typeScript = ts as unknown as typeof standIn;

type Types = (compiler: typeof standIn) => SyntaxNode;

const text: Types = ({ factory }) => factory.createKeywordTypeNode(SyntaxKind.StringKeyword);
const number: Types = ({ factory }) => factory.createKeywordTypeNode(SyntaxKind.NumberKeyword);
const literal =
  (value: string): Types =>
  ({ factory }) =>
    factory.createLiteralTypeNode(factory.createStringLiteral(value));
const union: Types = (compiler) => compiler.factory.createUnionTypeNode([text(compiler), number(compiler)]);
const intersection: Types = (compiler) =>
  compiler.factory.createIntersectionTypeNode([union(compiler), object('A comment. ')(compiler)]);

/** An object with a commented property. */
function object(comment: string): Types {
  return (compiler) => {
    const { factory } = compiler;
    const readonly = [factory.createModifier(SyntaxKind.ReadonlyKeyword)];
    const optional = factory.createToken(SyntaxKind.QuestionToken);
    const name = factory.createStringLiteral('a-b');
    const property = factory.createPropertySignature(readonly, name, optional, union(compiler));
    compiler.addSyntheticLeadingComment(property, SyntaxKind.MultiLineCommentTrivia, `* ${comment}`, true);
    const key = factory.createParameterDeclaration(undefined, undefined, 'key', undefined, text(compiler));
    const numbered = factory.createPropertySignature(
      undefined,
      factory.createNumericLiteral('200'),
      undefined,
      text(compiler),
    );
    return factory.createTypeLiteralNode([
      property,
      numbered,
      factory.createIndexSignature(undefined, [key], number(compiler)),
    ]);
  };
}

const types: Readonly<Record<string, Types>> = {
  keywords: ({ factory }) =>
    factory.createTupleTypeNode(
      (['BooleanKeyword', 'NeverKeyword', 'UndefinedKeyword', 'UnknownKeyword'] as const).map((name) =>
        factory.createKeywordTypeNode(SyntaxKind[name]),
      ),
    ),
  literals: ({ factory }) =>
    factory.createUnionTypeNode(
      [
        factory.createTrue(),
        factory.createFalse(),
        factory.createNull(),
        factory.createNumericLiteral(1.5),
        factory.createPrefixUnaryExpression(SyntaxKind.MinusToken, factory.createNumericLiteral(1e30)),
      ].map(factory.createLiteralTypeNode),
    ),
  'a literal as an identifier': ({ factory }) => factory.createIdentifier(JSON.stringify('say "hé"\\\n')),
  'a text with both quotes': literal(`'"`),
  'a text with control characters': literal('\0\x001\t\v\f\b\r\n\\ \x7f\x1f\u0085\u2028 é 😀'),
  'a union in a union': (compiler) => compiler.factory.createUnionTypeNode([union(compiler), intersection(compiler)]),
  'a union in an intersection': intersection,
  'a list of a union': (compiler) => compiler.factory.createArrayTypeNode(union(compiler)),
  'a list of lists': (compiler) =>
    compiler.factory.createArrayTypeNode(compiler.factory.createArrayTypeNode(text(compiler))),
  'a property of an intersection': (compiler) =>
    compiler.factory.createIndexedAccessTypeNode(intersection(compiler), literal("it's")(compiler)),
  'an empty tuple': ({ factory }) => factory.createTupleTypeNode([]),
  'a tuple with an object': (compiler) =>
    compiler.factory.createTupleTypeNode([text(compiler), object('A comment. ')(compiler)]),
  'an empty object': ({ factory }) => factory.createTypeLiteralNode([]),
  'a type with arguments': (compiler) =>
    compiler.factory.createTypeReferenceNode('Record', [text(compiler), object('A comment. ')(compiler)]),
  'a comment of several lines': object('\n * One.\n *\n *     {\n *       "a": 1\n *     }\n '),
  'a comment with lines of any indentation': object(
    '\n\n   three\n     five\n\t\ttabs\n \t mixed\n\u00a0\u200bwide  \n    \n*\\/ end\r\nnext\rnext\u2028next ',
  ),
};

describe('types are printed as TypeScript prints them', () => {
  test.each(Object.entries(types))('%s', (_, type) => {
    const declarations = (compiler: typeof standIn): readonly SyntaxNode[] => {
      const { factory } = compiler;
      const exported = [factory.createModifier(SyntaxKind.ExportKeyword)];
      const property = factory.createPropertySignature(undefined, 'a', undefined, type(compiler));
      return [
        factory.createInterfaceDeclaration(exported, 'A', undefined, undefined, [property]),
        factory.createTypeAliasDeclaration(exported, 'B', undefined, type(compiler)),
      ];
    };
    const expected = printedByTypeScript(declarations(typeScript));
    expect(printTypes(declarations(typeScript))).toBe(expected);
    expect(printTypes(declarations(standIn))).toBe(expected);
  });

  test('the declaration that openapi-typescript has as text', () => {
    const parsed = ts.createSourceFile('helper.ts', WITH_REQUIRED.source, ts.ScriptTarget.ESNext).statements;
    const expected = printedByTypeScript([...parsed]);
    expect(printTypes([...parsed] as unknown as SyntaxNode[])).toBe(expected);
    expect(printTypes(standIn.createSourceFile('helper.ts', WITH_REQUIRED.source).statements)).toBe(expected);
  });
});

test('the stand-in has the numbers of TypeScript', () => {
  expect(ts.SyntaxKind).toMatchObject(SyntaxKind);
});

test('the stand-in refuses a declaration that it does not have', () => {
  expect(() => standIn.createSourceFile('helper.ts', 'type Other = string;')).toThrow(
    'unexpected declaration of openapi-typescript: type Other = string;',
  );
});
