import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../contract/load/package-root.js';
import { faults } from './catalogue.js';

/** Writes the planted faults as data, which the package has: `docs/faults.json`. */

export const FAULTS_FILE = join(packageRoot(), 'docs', 'faults.json');

/** The text of the file. */
export function faultsData(): string {
  return `${JSON.stringify({ faults }, null, 2)}\n`;
}

if (import.meta.filename === process.argv[1]) writeFileSync(FAULTS_FILE, faultsData());
