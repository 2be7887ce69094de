import type { Random } from '../../tenant/random.js';

/** Attempts of one kind to crash, hang, fool or bypass a part of Rolecall. All of them are harmless to other software. */
export interface Attack {
  /** As `--only` names it. */
  readonly name: string;
  /** What is expected of each attempt, for the table. */
  readonly expects: string;
  /** The number of attempts of a full run. */
  readonly size: number;
  run(context: AttackContext): Promise<AttackResult>;
}

export interface AttackContext {
  /** The number of attempts. */
  readonly size: number;
  readonly random: Random;
  /** The built command line. */
  readonly rolecall: string;
  /** An empty folder that is removed after the attack. */
  readonly folder: string;
}

export interface AttackResult {
  readonly tried: number;
  /** One line for each attempt that did not end as expected: its name, expected and received. */
  readonly failures: readonly string[];
}

/** An attempt of a table of attempts. */
export interface Mode {
  readonly name: string;
}

/** `count` entries of a table, spread over it; all of them, repeated, where it has fewer. */
export function spread<Entry>(table: readonly Entry[], count: number): readonly Entry[] {
  const step = Math.max(1, table.length / count);
  return Array.from({ length: count }, (_, index) => table[Math.floor(index * step) % table.length] as Entry); // within the table
}

/** Runs each entry, so many at a time, and collects what it found wrong. */
export async function tryAll<Entry extends Mode>(
  entries: readonly Entry[],
  { atOnce }: { readonly atOnce: number },
  attempt: (entry: Entry, index: number) => Promise<readonly string[]>,
): Promise<AttackResult> {
  const failures: string[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const index = next;
      next += 1;
      const entry = entries[index];
      if (entry === undefined) return;
      const problems = await attempt(entry, index).catch((error: unknown) => [`threw ${String(error)}`]);
      failures.push(...problems.map((problem) => `${entry.name}: ${problem}`));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { tried: entries.length, failures };
}
