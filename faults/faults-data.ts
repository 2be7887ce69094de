import { join } from 'node:path';
import { packageRoot } from '../contract/load/package-root.js';
import { faults } from './catalogue.js';

/** The planted faults as data, which the package has: `npm run power -- --data` writes it. */
export const FAULTS_FILE = join(packageRoot(), 'docs', 'faults.json');

/** The text of the file. */
export function faultsData(): string {
  return `${JSON.stringify({ faults }, null, 2)}\n`;
}
