import type { Json, JsonObject, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, splitPointer } from '../../contract/pointer.js';
import { type Change, isBreaking } from '../change.js';
import { compareAnnotations, compareNever } from './annotations.js';
import { compareAssertions } from './assertions.js';
import { compareBounds } from './bounds.js';
import { compareChildren } from './children.js';
import { compareDiscriminators } from './discriminators.js';
import { compareEnums } from './enums.js';
import { compareKinds } from './kinds.js';
import { type Label, rootLabel } from './label.js';
import { compareNested } from './nested.js';
import type { Direction, Pair, Rule } from './pair.js';
import { compareOtherProperties, compareProperties } from './properties.js';
import { type Located, partsOf, referenceOf, type Site } from './site.js';
import { compareTypes } from './types.js';
import { samenessOf } from './unchanged.js';
import { compareChoice, compareUnions } from './unions.js';

/** Compares the schemas of two documents; each pair of schemas is compared once. */
export interface SchemaComparison {
  /** The changes between two sites for values in this direction, including those in referenced schemas. */
  compare(direction: Direction, root: string, before: Site, after: Site): readonly Change[];
}

/** The changes of one pair of sites and the pairs it refers to. Reference cycles stay cycles here. */
interface Node {
  readonly changes: Change[];
  readonly links: Node[];
}

export function schemaComparison(beforeDocument: JsonObject, afterDocument: JsonObject): SchemaComparison {
  const nodes = new Map<string, Node>();
  const rules: readonly Rule[] = [
    compareNever,
    compareTypes,
    compareEnums,
    compareBounds,
    compareAssertions,
    compareProperties(beforeDocument, afterDocument),
    compareOtherProperties,
    compareNested,
    compareUnions(beforeDocument, afterDocument),
    compareDiscriminators,
    compareChildren,
    compareAnnotations,
    compareKinds,
  ];
  const expandBefore = expansion(beforeDocument);
  const expandAfter = expansion(afterDocument);
  const same = samenessOf(beforeDocument, afterDocument);

  const sameAt = (old: Located, now: Located | undefined): boolean => now !== undefined && same(old.value, now.value);
  const visit = (direction: Direction, label: Label, before: Site, after: Site): Node => {
    const key = `${direction} ${keyOf(before)} ${keyOf(after)}`;
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const node: Node = { changes: [], links: [] };
    nodes.set(key, node);
    const alike = before.length === after.length && before.every((part, index) => sameAt(part, after[index]));
    if (alike) return node;
    const named = componentLabel(after) ?? label;
    const pair: Pair = {
      direction,
      label: named,
      before: partsOf(beforeDocument, before),
      after: partsOf(afterDocument, after),
      pointer: after[0]?.pointer ?? '',
      report: (change) => node.changes.push(change),
      descend: (old, now, inner) => node.links.push(visit(direction, inner, old, now)),
      breaks: (old, now, ignore) =>
        collect(visit(direction, named, old, now)).some((change) => isBreaking(change) && !ignore(change)),
      expandBefore,
      expandAfter,
    };
    if (compareChoice(pair, { before: beforeDocument, after: afterDocument }, { before, after })) {
      compareDiscriminators(pair);
      compareAnnotations(pair);
    } else for (const rule of rules) rule(pair);
    return node;
  };

  return {
    compare: (direction, root, before, after) => collect(visit(direction, rootLabel(root), before, after)),
  };
}

function collect(start: Node): readonly Change[] {
  const seen = new Set<Node>([start]);
  // Iteration includes entries added to the set meanwhile.
  for (const node of seen) for (const link of node.links) seen.add(link);
  const found = new Map<string, Change>();
  for (const { changes } of seen) {
    for (const change of changes) {
      const { kind, pointer, from, to } = change;
      // A schema that extends another one has the changes of that one, too.
      const key = JSON.stringify([kind, pointer, from, to]);
      if (!found.has(key)) found.set(key, change);
    }
  }
  return [...found.values()];
}

/** Identifies a reference by its target, so that the same two components are compared once. */
function keyOf(site: Site): string {
  return site.map(({ value, pointer }) => bareReference(value) ?? pointer).join('&');
}

/** The target of a schema that consists of a `$ref` alone. */
function bareReference(value: Json): Pointer | undefined {
  return isObject(value) && Object.keys(value).length === 1 ? referenceOf(value) : undefined;
}

const SCHEMAS = '/components/schemas/';

function componentLabel([first, ...others]: Site): Label | undefined {
  const reference = first === undefined || others.length > 0 ? undefined : bareReference(first.value);
  if (reference?.startsWith(SCHEMAS) !== true) return undefined;
  return rootLabel(`schema "${splitPointer(reference)[2] ?? ''}"`);
}

/** Replaces references by their targets; a reference that leads back to itself stays. */
export function expansion(document: JsonObject): (value: Json) => Json {
  const expand = (value: Json, open: readonly Pointer[]): Json => {
    if (Array.isArray(value)) return value.map((entry: Json) => expand(entry, open));
    if (!isObject(value)) return value;
    const reference = referenceOf(value);
    if (reference !== undefined && !open.includes(reference)) {
      const { $ref: _, ...siblings } = value;
      const named = expand(getPointer(document, reference) ?? true, [...open, reference]);
      return isObject(named) ? { ...named, ...siblings } : named;
    }
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, expand(entry, open)]));
  };
  return (value) => expand(value, []);
}
