import { type Figure, formatFigures, notMeasured } from './figures.js';

/** A part of a benchmark that yields some lines of its table. */
export interface Section {
  readonly name: string;
  measure(): Promise<readonly Figure[]>;
}

/**
 * Measures one section after the other and prints their table. What cannot be measured is a bound that is not kept, with
 * its reason on stderr, and keeps nothing else from being measured.
 */
export async function printSections(title: string, sections: readonly Section[]): Promise<void> {
  const figures: Figure[] = [];
  for (const { name, measure } of sections) {
    console.error(`measuring ${name}`);
    try {
      figures.push(...(await measure()));
    } catch (error) {
      figures.push(notMeasured(name, error, 'measured'));
    }
  }
  process.stdout.write(formatFigures(title, figures));
}
