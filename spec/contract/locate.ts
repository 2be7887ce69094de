import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Pointer } from './contract.js';
import { splitPointer } from './pointer.js';

/** From 1, as editors count. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** The texts that were asked for: few, since only contracts with problems get here. */
const parsed = new Map<string, { readonly root: Node | null; readonly lines: LineCounter }>();

/**
 * Where a pointer stands in a YAML or JSON text: the key of the last property that exists on the way there, or the
 * entry of a list. Called only when there is something to report, since parsing with positions is slow.
 */
export function locate(text: string, pointer: Pointer): LineColumn {
  let file = parsed.get(text);
  if (file === undefined) {
    const lines = new LineCounter();
    file = { root: parseDocument(text, { lineCounter: lines, keepSourceTokens: false }).contents, lines };
    parsed.set(text, file);
  }
  let node: unknown = file.root;
  let offset = 0;
  for (const segment of splitPointer(pointer)) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === segment);
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
  const { line, col } = file.lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function hasRange(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value);
}
