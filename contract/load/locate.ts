import { type Node as JsonNode, type ParseError, parseTree } from 'jsonc-parser';
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { Pointer } from '../json/json.js';
import { splitPointer } from '../pointer.js';
import { Lines, narrowed } from './narrow.js';

/** From 1, as editors count. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/**
 * The position of a pointer in a YAML or JSON text: the key of the last property on the path that exists, or the entry
 * of a list. For what an alias or a merge key (`<<`) inserts, the position where it was written. Parsing with positions
 * is slow, so this is only called to report a problem, and most often parses only the block that the pointer leads to.
 */
export function locate(text: string, pointer: Pointer): LineColumn {
  const path = splitPointer(pointer);
  if (path.length === 0) return { line: 1, column: 1 };
  const { root } = jsonOf(text);
  return placeAt(text, root === undefined ? offsetInYaml(text, path) : offsetInJson(root, path));
}

function placeAt(text: string, offset: number): LineColumn {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Keeps the last result until the event loop continues: problems of one file are reported together, and results are large. */
function remembering<T>(parse: (text: string) => T): typeof parse {
  let last: { readonly text: string; readonly parsed: T } | undefined;
  return (text) => {
    if (last?.text === text) return last.parsed;
    last = { text, parsed: parse(text) };
    setImmediate(() => {
      last = undefined;
    });
    return last.parsed;
  };
}

const jsonOf = remembering((text): { readonly root?: JsonNode } => {
  if (!/^\s*[{[]/.test(text)) return {};
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  return errors.length > 0 || root === undefined ? {} : { root };
});

function offsetInJson(root: JsonNode, path: readonly string[]): number {
  let node = root;
  let offset = 0;
  for (const segment of path) {
    const { type, children = [] } = node;
    const part =
      type === 'object' ? children.find((one) => one.children?.[0]?.value === segment) : children[Number(segment)];
    const next = type === 'object' ? part?.children?.[1] : part;
    if (part === undefined || next === undefined) break;
    offset = part.offset;
    node = next;
  }
  return offset;
}

const parseYaml = (text: string): Document => parseDocument(text, { keepSourceTokens: false, merge: true });
const splitLines = remembering((text) => new Lines(text));
const blockOf = remembering(parseYaml);
const wholeOf = remembering(parseYaml);

function offsetInYaml(text: string, path: readonly string[]): number {
  const { start, end, rest } = narrowed(splitLines(text), path);
  const inBlock = end - start === text.length ? undefined : offsetWithoutAliases(blockOf(text.slice(start, end)), rest);
  return inBlock === undefined ? offsetIn(wholeOf(text), path) : start + inBlock;
}

/** The position in a block; undefined if an alias leads out of what is followed, which may be elsewhere in the text. */
function offsetWithoutAliases(document: Document, path: readonly string[]): number | undefined {
  let node: unknown = document.contents;
  let offset = 0;
  for (const segment of path) {
    if (isAlias(node)) return undefined;
    const next = below(node, segment);
    if (next === undefined) return isMap(node) && node.items.some(isMerge) ? undefined : offset;
    ({ offset, node } = next);
  }
  return offset;
}

function offsetIn(document: Document, path: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const segment of path) {
    const target = aliased(document, node);
    const next = below(target, segment) ?? merged(document, target, segment);
    if (next === undefined) break;
    ({ offset, node } = next);
  }
  return offset;
}

/** A part of a node, and where its key or, in a list, it begins. */
interface Part {
  readonly node: unknown;
  readonly offset: number;
}

function below(node: unknown, segment: string): Part | undefined {
  if (isMap(node)) {
    const own = node.items.find(
      ({ key }) => isScalar(key) && typeof key.value !== 'symbol' && String(key.value) === segment,
    );
    return own && isScalar(own.key) ? { node: own.value, offset: own.key.range?.[0] ?? 0 } : undefined;
  }
  if (!isSeq(node)) return undefined;
  const entry: unknown = node.items[Number(segment)];
  return hasRange(entry) ? { node: entry, offset: entry.range?.[0] ?? 0 } : undefined;
}

/** What a merge key adds to a mapping. */
function merged(document: Document, node: unknown, name: string): Part | undefined {
  if (!isMap(node)) return undefined;
  for (const { value } of node.items.filter(isMerge)) {
    const sources = aliased(document, value);
    for (const one of isSeq(sources) ? sources.items : [sources]) {
      const source = aliased(document, one);
      const found = below(source, name) ?? merged(document, source, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function isMerge({ key }: { readonly key: unknown }): boolean {
  return isScalar(key) && typeof key.value === 'symbol';
}

function aliased(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function hasRange(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}
