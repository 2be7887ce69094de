import { SyntaxKind, type SyntaxNode } from './syntax-node.js';

/** The declaration that openapi-typescript adds as text, and how it is printed. */
export const WITH_REQUIRED = {
  name: 'WithRequired',
  source: 'type WithRequired<T, K extends keyof T> = T & { [P in K]-?: T[P] };',
  printed: 'type WithRequired<T, K extends keyof T> = T & {\n  [P in K]-?: T[P];\n};',
};

const INDENTATION = '  ';

/**
 * Prints declarations of types as TypeScript's printer does, with two spaces and single quotes. That printer takes any
 * syntax tree and as long as everything else that makes the types together.
 *
 * @throws Error for a node of a kind that openapi-typescript does not make with our options.
 */
export function printTypes(declarations: readonly SyntaxNode[]): string {
  return declarations.map((declaration) => `${print(declaration, '')}\n`).join('');
}

type Printer = (node: SyntaxNode, margin: string) => string;

const printers: Readonly<Record<number, Printer>> = {
  [SyntaxKind.ExportKeyword]: () => 'export',
  [SyntaxKind.ReadonlyKeyword]: () => 'readonly',
  [SyntaxKind.QuestionToken]: () => '?',
  [SyntaxKind.TrueKeyword]: () => 'true',
  [SyntaxKind.FalseKeyword]: () => 'false',
  [SyntaxKind.NullKeyword]: () => 'null',
  [SyntaxKind.BooleanKeyword]: () => 'boolean',
  [SyntaxKind.NeverKeyword]: () => 'never',
  [SyntaxKind.NumberKeyword]: () => 'number',
  [SyntaxKind.StringKeyword]: () => 'string',
  [SyntaxKind.UndefinedKeyword]: () => 'undefined',
  [SyntaxKind.UnknownKeyword]: () => 'unknown',
  // openapi-typescript writes string literals as identifiers, too.
  [SyntaxKind.Identifier]: ({ text = '' }) => (text.startsWith('"') ? requoted(text) : text),
  [SyntaxKind.StringLiteral]: ({ text = '' }) => requoted(`"${escaped(text)}"`),
  [SyntaxKind.NumericLiteral]: ({ text = '' }) => text,
  [SyntaxKind.PrefixUnaryExpression]: ({ operand }, margin) => `-${print(operand, margin)}`,
  [SyntaxKind.LiteralType]: ({ literal }, margin) => print(literal, margin),
  [SyntaxKind.TypeReference]: ({ typeName, typeArguments = [] }, margin) => {
    const given = typeArguments.map((one) => print(one, margin)).join(', ');
    return print(typeName, margin) + (given && `<${given}>`);
  },
  [SyntaxKind.IndexedAccessType]: ({ objectType, indexType }, margin) =>
    `${printPart(objectType, margin)}[${print(indexType, margin)}]`,
  [SyntaxKind.ArrayType]: ({ elementType }, margin) => `${printPart(elementType, margin)}[]`,
  [SyntaxKind.TupleType]: ({ elements = [] }, margin) => {
    const inner = margin + INDENTATION;
    const lines = elements.map((element) => `\n${inner}${print(element, inner)}`);
    return `[${lines.join(',')}\n${margin}]`;
  },
  [SyntaxKind.UnionType]: ({ types = [] }, margin) => types.map((type) => printPart(type, margin)).join(' | '),
  [SyntaxKind.IntersectionType]: ({ types = [] }, margin) => types.map((type) => printPart(type, margin)).join(' & '),
  [SyntaxKind.ParenthesizedType]: ({ type }, margin) => `(${print(type, margin)})`,
  [SyntaxKind.TypeLiteral]: ({ members = [] }, margin) =>
    members.length === 0 ? '{}' : `{\n${printMembers(members, margin)}${margin}}`,
  [SyntaxKind.PropertySignature]: ({ modifiers, name, questionToken, type }, margin) =>
    `${printModifiers(modifiers)}${print(name, margin)}${questionToken ? '?' : ''}: ${print(type, margin)};`,
  [SyntaxKind.Parameter]: ({ name, type }, margin) => `${print(name, margin)}: ${print(type, margin)}`,
  [SyntaxKind.IndexSignature]: ({ modifiers, parameters = [], type }, margin) =>
    `${printModifiers(modifiers)}[${parameters.map((one) => print(one, margin)).join(', ')}]: ${print(type, margin)};`,
  [SyntaxKind.InterfaceDeclaration]: ({ modifiers, name, members = [] }, margin) =>
    `${printModifiers(modifiers)}interface ${print(name, margin)} {\n${printMembers(members, margin)}${margin}}`,
  [SyntaxKind.TypeAliasDeclaration]: ({ modifiers, name, type }, margin) =>
    name?.text === WITH_REQUIRED.name
      ? WITH_REQUIRED.printed
      : `${printModifiers(modifiers)}type ${print(name, margin)} = ${print(type, margin)};`,
};

function print(node: SyntaxNode | undefined, margin: string): string {
  const printer = node && printers[node.kind];
  if (!printer) throw new Error(`unexpected node of kind ${node?.kind} in the types`);
  return printer(node, margin);
}

/** A type within another one: between `|` or `&`, or in front of `[`. */
function printPart(node: SyntaxNode | undefined, margin: string): string {
  const text = print(node, margin);
  return node?.kind === SyntaxKind.UnionType || node?.kind === SyntaxKind.IntersectionType ? `(${text})` : text;
}

/** The texts of members of declarations: while a contract is being watched, most of them are printed again. */
const printed = new WeakMap<SyntaxNode, string>();

function printMembers(members: readonly SyntaxNode[], margin: string): string {
  const inner = margin + INDENTATION;
  let text = '';
  for (const member of members) {
    const known = margin === '' ? printed.get(member) : undefined;
    const own = known ?? printMember(member, inner);
    if (margin === '' && known === undefined) printed.set(member, own);
    text += own;
  }
  return text;
}

function printMember(member: SyntaxNode, margin: string): string {
  let text = '';
  for (const comment of member.emitNode?.leadingComments ?? []) text += printComment(comment.text, margin);
  return `${text}${margin}${print(member, margin)}\n`;
}

function printModifiers(modifiers: readonly SyntaxNode[] | undefined = []): string {
  return modifiers.map((modifier) => `${print(modifier, '')} `).join('');
}

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;
/** What the compiler counts as indentation. It trims lines by the rules of JavaScript, which differ. */
const LEADING_SPACE = /^[ \t\v\f\u0085\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]+/;

/** The lines of a comment keep their indentation relative to its first line. Every four spaces become two. */
function printComment(text: string, margin: string): string {
  const [first = '', ...others] = `/*${text}*/`.split(LINE_BREAK);
  let printed = `${margin}${first.trim()}\n`;
  for (const line of others) {
    const [space = ''] = LEADING_SPACE.exec(line) ?? [];
    const width = space === ' ' || space === '' ? space.length : widthOf(space);
    const half = width < 4 ? width : width - 2 * Math.floor(width / 4);
    printed += `${margin}${' '.repeat(half)}${line.trim()}\n`;
  }
  return printed;
}

/** A tab goes to the next multiple of four. */
function widthOf(space: string): number {
  let width = 0;
  for (const character of space) width += character === '\t' ? 4 - (width % 4) : 1;
  return width;
}

/** Single quotes, unless the text contains one. */
function requoted(literal: string): string {
  return literal.includes("'") ? literal : `'${literal.slice(1, -1).replaceAll('\\"', '"')}'`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\v': '\\v',
  '\f': '\\f',
  '\b': '\\b',
  '\r': '\\r',
  '\n': '\\n',
  '\\': '\\\\',
  '"': '\\"',
};

/** A text in double quotes, in ASCII. */
function escaped(text: string): string {
  return text.replace(/[\\"]|[^\x20-\x7f]/g, (character, at: number) => {
    if (character === '\0') return /\d/.test(text.charAt(at + 1)) ? '\\x00' : '\\0';
    return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}
