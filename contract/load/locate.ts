import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Pointer } from '../contract.js';
import { splitPointer } from '../pointer.js';

/** From 1, as editors count. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Few, since only texts with problems are parsed here. */
const parsed = new Map<string, { readonly document: Document; readonly lines: LineCounter }>();

/**
 * The position of a pointer in a YAML or JSON text: the key of the last property on the path that exists, or the entry
 * of a list. For what an alias or a merge key (`<<`) inserts, the position where it was written. Parsing with positions
 * is slow, so this is only called to report a problem.
 */
export function locate(text: string, pointer: Pointer): LineColumn {
  let file = parsed.get(text);
  if (file === undefined) {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, keepSourceTokens: false, merge: true });
    file = { document, lines };
    parsed.set(text, file);
  }
  const { document, lines } = file;
  let node: unknown = document.contents;
  let offset = 0;
  for (const segment of splitPointer(pointer)) {
    node = aliased(document, node);
    if (isMap(node)) {
      const pair = pairOf(document, node, segment);
      if (!isPair(pair) || !isScalar(pair.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const entry: unknown = node.items[Number(segment)];
      if (!hasRange(entry)) break;
      offset = entry.range?.[0] ?? offset;
      node = entry;
    } else break;
  }
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** The property with a name: the object's own, otherwise one that is merged into it. */
function pairOf(document: Document, node: unknown, name: string): unknown {
  if (!isMap(node)) return undefined;
  const own = node.items.find(
    ({ key }) => isScalar(key) && typeof key.value !== 'symbol' && String(key.value) === name,
  );
  if (own !== undefined) return own;
  for (const { key, value } of node.items) {
    if (!isScalar(key) || typeof key.value !== 'symbol') continue;
    const merged = aliased(document, value);
    for (const source of isSeq(merged) ? merged.items : [merged]) {
      const found = pairOf(document, aliased(document, source), name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function aliased(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function hasRange(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}
