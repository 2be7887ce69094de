/** A name in its place. */
export interface Ordered {
  readonly name: string;
  /** It is part of a circle of references. */
  readonly isCircular: boolean;
}

/** Names after those that they need, as far as there is such an order (Tarjan's strongly connected components). */
export function dependencyOrder(needs: ReadonlyMap<string, readonly string[]>): readonly Ordered[] {
  const order: Ordered[] = [];
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const visit = (name: string): void => {
    index.set(name, index.size);
    lowest.set(name, index.get(name) ?? 0);
    open.push(name);
    for (const need of needs.get(name) ?? []) {
      if (!needs.has(need)) continue;
      if (!index.has(need)) visit(need);
      if (open.includes(need)) lowest.set(name, Math.min(lowest.get(name) ?? 0, lowest.get(need) ?? 0));
    }
    if (lowest.get(name) !== index.get(name)) return;
    const group = open.splice(open.indexOf(name));
    const isCircular = group.length > 1 || (needs.get(name) ?? []).includes(name);
    order.push(...group.map((one) => ({ name: one, isCircular })));
  };
  for (const name of needs.keys()) if (!index.has(name)) visit(name);
  return order;
}
