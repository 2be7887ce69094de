import type { Checker, CheckResult } from '@stryker-mutator/api/check';
import { CheckStatus } from '@stryker-mutator/api/check';
import type { Mutant, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { sampleOf } from './sample.js';

/** Name of the checker in Stryker's options. */
export const SAMPLE = 'sample';

/** Stryker's own options and ours: which mutants are tried. */
export interface SampleOptions {
  readonly sample: { readonly size: number; readonly seed: number; readonly root: string };
}

/**
 * Stryker tries all mutants that its checkers let pass; this one lets a sample pass. The others end as compile errors,
 * which no score counts.
 */
class SampleChecker implements Checker {
  static readonly inject = tokens(commonTokens.options);
  readonly #options: SampleOptions;
  #chosen: ReadonlySet<string> = new Set();

  constructor(options: StrykerOptions) {
    this.#options = options as StrykerOptions & SampleOptions; // what mutants.ts hands to Stryker
  }

  async init(): Promise<void> {}

  /** Called once, with all mutants: there is one process of checkers for two processors. */
  async group(mutants: Mutant[]): Promise<string[][]> {
    this.#chosen = sampleOf(mutants, this.#options.sample);
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants: Mutant[]): Promise<Record<string, CheckResult>> {
    return Object.fromEntries(
      mutants.map(({ id }) => [
        id,
        this.#chosen.has(id)
          ? { status: CheckStatus.Passed }
          : { status: CheckStatus.CompileError, reason: 'not in the sample' },
      ]),
    );
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, SAMPLE, SampleChecker)];
