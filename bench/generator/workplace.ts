import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultContract } from '../../contract/load/default.js';
import { packageRoot } from '../../contract/load/package-root.js';

/** A folder of the benchmark's own, laid out as a project that uses the generator, outside of which nothing is written. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  /** The built command line. */
  readonly program = join(packageRoot(), 'dist', 'rolecall.js');

  constructor() {
    writeFileSync(this.path('package.json'), JSON.stringify({ private: true, type: 'module' }));
    // What the generated client needs; and here is where the generator remembers what it did.
    for (const name of ['openapi-fetch', 'openapi-typescript-helpers']) {
      const link = this.path('node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(packageRoot(), 'node_modules', name), link, 'junction');
    }
  }

  path(...segments: readonly string[]): string {
    return join(this.folder, ...segments);
  }

  /** Our contract as its author has it, in many files. Returns its root document. */
  copyContract(): string {
    cpSync(join(packageRoot(), 'spec'), this.path('spec'), {
      recursive: true,
      filter: (source) => !/\.(ts|json)$/.test(source),
    });
    return this.path('spec', 'openapi.yaml');
  }

  /** Our contract as one file of JSON, for tools that want one. */
  async bundleContract(): Promise<string> {
    const file = this.path('contract.json');
    writeFileSync(file, JSON.stringify((await defaultContract(packageRoot())).document));
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
