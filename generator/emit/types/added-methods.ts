import { type OperationEntry, operationsOf } from '../../../contract/check/openapi.js';
import type { Json, JsonObject } from '../../../contract/contract.js';
import { isObject, splitPointer } from '../../../contract/pointer.js';
import { factory } from './stand-in/typescript.js';
import { SyntaxKind, type SyntaxNode } from './syntax-node.js';

/** An operation of a method that openapi-typescript does not support, in a separate path item. */
export interface AddedMethod {
  /** Where the path items are: `paths`, `webhooks`, or `components` and `pathItems`. */
  readonly section: readonly string[];
  /** The name of the path item. */
  readonly owner: string;
  /** The name of the path item that has only this operation, as if it were a POST. */
  readonly substitute: string;
  /** The name of the operation in the type of a path item: `query`, `COPY`. */
  readonly name: string;
}

/**
 * Moves operations of the methods that OpenAPI 3.2 adds to path items of their own, where openapi-typescript sees them.
 * Changes the document.
 *
 * @param items the path items of the document, by pointer
 */
export function separateAddedMethods(
  document: JsonObject,
  items: ReadonlyMap<string, JsonObject>,
): readonly AddedMethod[] {
  return [...items].flatMap(([pointer, item]) => {
    const path = splitPointer(pointer);
    const owner = path.at(-1) ?? '';
    const section = path.slice(0, -1);
    const container = section.reduce<Json | undefined>(
      (value, name) => (isObject(value) ? value[name] : undefined),
      document,
    );
    if (!isObject(container) || !/^(paths|webhooks|components,pathItems)$/.test(String(section))) return [];
    return operationsOf(item)
      .filter(isAdded)
      .map(({ below, operation }) => {
        const name = below.at(-1) ?? '';
        let substitute = `${name} ${owner}`;
        while (Object.hasOwn(container, substitute)) substitute += ' ';
        const { parameters } = item;
        // The document is a copy.
        Object.assign(container, { [substitute]: { post: operation, ...(parameters && { parameters }) } });
        return { section, owner, substitute, name };
      });
  });
}

/** Whether openapi-typescript does not see an operation. */
export function isAdded({ below }: OperationEntry): boolean {
  return below.length > 1 || below[0] === 'query';
}

/** Moves the types of such operations into those of their path items. */
export function joinAddedMethods(
  declarations: readonly SyntaxNode[],
  added: readonly AddedMethod[],
): readonly SyntaxNode[] {
  if (added.length === 0) return declarations;
  return declarations.map((declaration) => {
    const { kind, name, members = [] } = declaration;
    const own = added.filter(({ section }) => section[0] === name?.text);
    if (kind !== SyntaxKind.InterfaceDeclaration || own.length === 0) return declaration;
    return { ...declaration, members: joinedAt(members, own, 1) };
  });
}

function joinedAt(members: readonly SyntaxNode[], added: readonly AddedMethod[], depth: number): readonly SyntaxNode[] {
  const [first] = added;
  const below = first?.section[depth];
  if (below !== undefined) {
    return members.map((member) =>
      nameOf(member) === below ? withMembers(member, (inner) => joinedAt(inner, added, depth + 1)) : member,
    );
  }
  const byName = new Map(members.map((member) => [nameOf(member), member]));
  const substitutes = new Set(added.map(({ substitute }) => substitute));
  return members
    .filter((member) => !substitutes.has(nameOf(member)))
    .map((member) => {
      const own = added.filter(({ owner }) => owner === nameOf(member));
      if (own.length === 0) return member;
      return withMembers(member, (inner) => [
        ...inner,
        ...own.flatMap(({ name, substitute }) => renamed(byName.get(substitute), name)),
      ]);
    });
}

/** The POST of a path item under another name. */
function renamed(item: SyntaxNode | undefined, name: string): readonly SyntaxNode[] {
  const post = item?.type?.members?.find((member) => nameOf(member) === 'post');
  if (post === undefined) return [];
  const key = /^[a-z]+$/i.test(name) ? factory.createIdentifier(name) : factory.createStringLiteral(name);
  return [{ ...post, name: key }];
}

function withMembers(
  member: SyntaxNode,
  change: (members: readonly SyntaxNode[]) => readonly SyntaxNode[],
): SyntaxNode {
  const { type } = member;
  if (type?.kind !== SyntaxKind.TypeLiteral) return member;
  return { ...member, type: { ...type, members: change(type.members ?? []) } };
}

function nameOf({ name }: SyntaxNode): string {
  return name?.text ?? '';
}
