import type { CallResult } from './outcome.js';

/** An SDK, and what came of its calls. */
export interface SdkReport {
  readonly sdk: string;
  readonly results: readonly CallResult[];
}

export interface Figures {
  readonly worked: number;
  readonly refused: number;
  readonly faulty: number;
  readonly wrong: number;
}

export function figuresOf(results: readonly CallResult[]): Figures {
  const count = (kind: CallResult['kind']): number => results.filter((result) => result.kind === kind).length;
  return { worked: count('worked'), refused: count('refused'), faulty: count('faulty'), wrong: count('wrong') };
}

/** One line for the table. */
export function line(cells: readonly (string | number)[]): string {
  const [first = '', ...others] = cells.map(String);
  return `${first.padEnd(32)}${others.map((cell) => cell.padStart(10)).join('')}\n`;
}

/** Each wrong call, and with `all` each refused one. */
export function details({ sdk, results }: SdkReport, all: boolean): string {
  return results
    .filter(({ kind }) => kind === 'wrong' || (all && kind !== 'worked'))
    .map(({ kind, method, operation, query, reason }) => {
      const asked = query === undefined ? '' : ` with ${JSON.stringify(query)}`;
      return `${kind}: ${sdk}: ${method} (${operation})${asked}: ${reason}\n`;
    })
    .join('');
}
