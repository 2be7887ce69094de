import type { Json } from '../../spec/contract/contract.js';

/** Something of ours at the target. */
export interface Created {
  readonly resource: string;
  readonly id: string;
  /** What a person recognises it by. */
  readonly label: string;
}

/** Everything of ours that is at the target, in the order of its creation, so that it can be taken away again. */
export class Ledger {
  readonly #created = new Map<string, Created>();
  /** Creations whose answer never came: by resource, what the created thing would hold. */
  readonly #suspects: { readonly resource: string; readonly text: string }[] = [];
  readonly #changed: (by: number) => void;

  /** @param changed - told how many more things there are to remove, fewer if negative */
  constructor(changed: (by: number) => void) {
    this.#changed = changed;
  }

  add(created: Created): void {
    const key = keyOf(created.resource, created.id);
    if (this.#created.has(key)) return;
    this.#created.set(key, created);
    this.#changed(1);
  }

  remove(resource: string, id: string): void {
    if (this.#created.delete(keyOf(resource, id))) this.#changed(-1);
  }

  has(resource: string, id: string): boolean {
    return this.#created.has(keyOf(resource, id));
  }

  /** A creation may or may not have happened. */
  suspect(resource: string, text: string): void {
    const known = this.#suspects.some((other) => other.resource === resource && other.text === text);
    if (!known) this.#suspects.push({ resource, text });
  }

  get suspects(): readonly { readonly resource: string; readonly text: string }[] {
    return this.#suspects;
  }

  /** The newest first: what refers to something was created after it. */
  all(): readonly Created[] {
    return [...this.#created.values()].reverse();
  }
}

/** `ada@example.com` of what a creation sent. */
export function labelOf(body: Json | undefined, mark: string): string {
  const text = JSON.stringify(body ?? '');
  const values = text.match(/"[^"]*"/g) ?? [];
  return values.find((value) => value.includes(mark))?.slice(1, -1) ?? '';
}

function keyOf(resource: string, id: string): string {
  return `${resource} ${id}`;
}
