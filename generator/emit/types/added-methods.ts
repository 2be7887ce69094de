import { createRequire } from 'node:module';
import type { Node, NodeArray, PropertySignature, TypeElement } from 'typescript';
import { type OperationEntry, operationsOf } from '../../../contract/check/openapi.js';
import type { Json, JsonObject } from '../../../contract/contract.js';
import { isObject, splitPointer } from '../../../contract/pointer.js';

// By `require`: an import would first scan all of TypeScript for exports, which takes a tenth of a second.
const ts: typeof import('typescript') = createRequire(import.meta.url)('typescript');

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
export function joinAddedMethods(nodes: readonly Node[], added: readonly AddedMethod[]): readonly Node[] {
  if (added.length === 0) return nodes;
  return nodes.map((node) => {
    if (!ts.isInterfaceDeclaration(node)) return node;
    const own = added.filter(({ section }) => section[0] === node.name.text);
    if (own.length === 0) return node;
    const { modifiers, name, typeParameters, heritageClauses } = node;
    const members = joinedAt(node.members, own, 1);
    return ts.factory.updateInterfaceDeclaration(node, modifiers, name, typeParameters, heritageClauses, members);
  });
}

function joinedAt(
  members: NodeArray<TypeElement> | readonly TypeElement[],
  added: readonly AddedMethod[],
  depth: number,
): readonly TypeElement[] {
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
function renamed(item: TypeElement | undefined, name: string): readonly TypeElement[] {
  if (item === undefined || !ts.isPropertySignature(item) || !item.type || !ts.isTypeLiteralNode(item.type)) return [];
  const post = item.type.members.find((member) => nameOf(member) === 'post');
  if (post === undefined || !ts.isPropertySignature(post)) return [];
  const key = /^[a-z]+$/i.test(name) ? ts.factory.createIdentifier(name) : ts.factory.createStringLiteral(name);
  return [ts.factory.updatePropertySignature(post, post.modifiers, key, post.questionToken, post.type)];
}

function withMembers(
  member: TypeElement,
  change: (members: readonly TypeElement[]) => readonly TypeElement[],
): TypeElement {
  if (!ts.isPropertySignature(member) || !member.type || !ts.isTypeLiteralNode(member.type)) return member;
  const type = ts.factory.createTypeLiteralNode(change(member.type.members));
  return updated(member, type);
}

function updated(member: PropertySignature, type: PropertySignature['type']): PropertySignature {
  return ts.factory.updatePropertySignature(member, member.modifiers, member.name, member.questionToken, type);
}

function nameOf({ name }: TypeElement): string {
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)) ? name.text : '';
}
