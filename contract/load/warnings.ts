import { type ContractProblem, formatProblem } from '../errors.js';
import { githubLog } from '../text/github-log.js';

/** The most warnings in one go: somebody's document may have thousands of one kind. */
const MOST = 20;

/** Writes what was read in spite of a problem, a line each, to stderr. */
export function printWarnings(warnings: readonly ContractProblem[]): void {
  if (warnings.length === 0) return;
  const lines = warnings.slice(0, MOST).map((warning) => `warning: ${formatProblem(warning)}`);
  const more = warnings.length - MOST;
  if (more > 0) lines.push(`and ${more} more warnings; --strict lists all as errors`);
  process.stderr.write(githubLog(`${lines.join('\n')}\n`));
}
