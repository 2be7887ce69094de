import { Command } from 'commander';
import { ContractError } from '../contract/errors.js';

const NOTES = `
A change is breaking when somebody who did everything right against OLD can fail against NEW:
  requests   what was accepted is refused, or does something else
  answers    readers meet what they were promised not to meet, or miss what they were promised

An optional property added to an answer does not break; a value added to an enum of an answer
does, because readers that tell every value apart do not know it. A change of words is a patch.
A refusal that no longer comes breaks nobody. Webhooks and callbacks are not compared in
detail: one that differs in more than words is taken to break. Scopes, quotas, rate limits, errorCodes and effects are compared like everything else.

Examples:
  $ rolecall diff old.yaml new.yaml
  $ git worktree add ../released v1.0.0
  $ rolecall diff ../released/spec/openapi.yaml spec/openapi.yaml --json

Exit codes:
  0  nothing breaking
  1  at least one change breaks callers
  2  a contract could not be read; each problem has a line of its own
`;

/** `rolecall diff OLD NEW [--json]` */
export function command(): Command {
  return new Command('diff')
    .summary('tell what a changed contract means for callers')
    .description(
      'Compares two contracts and tells, change by change, whether callers break, and the version step that follows.',
    )
    .argument('<old>', 'the contract as callers know it: any OpenAPI 3.0 or 3.1 document, YAML or JSON')
    .argument('<new>', 'the contract as it is to be')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', NOTES)
    .action(diff);
}

async function diff(from: string, to: string, options: { readonly json?: boolean }): Promise<void> {
  const [{ loadContract }, { diffContracts }, { isBreaking }] = await Promise.all([
    import('../contract/load/load.js'),
    import('./diff-contracts.js'),
    import('./change.js'),
  ]);
  const [before, after] = await bothOf([loadContract(from), loadContract(to)]);
  const changes = diffContracts(before.contract, after.contract);
  if (options.json === true) {
    const { reportOf } = await import('./report/report.js');
    process.stdout.write(`${JSON.stringify(reportOf(from, to, changes), null, 2)}\n`);
  } else {
    const [{ formatChanges }, { default: picocolors }] = await Promise.all([
      import('./report/format.js'),
      import('picocolors'),
    ]);
    const palette = picocolors.createColors(process.stdout.isTTY === true && picocolors.isColorSupported);
    process.stdout.write(formatChanges(changes, palette));
  }
  process.exitCode = changes.some(isBreaking) ? 1 : 0;
}

/** Both, or the problems of both. */
async function bothOf<Value>(promises: readonly [Promise<Value>, Promise<Value>]): Promise<readonly [Value, Value]> {
  const settled = await Promise.allSettled(promises);
  const reasons = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  const [first, second] = reasons;
  if (first instanceof ContractError && second instanceof ContractError) {
    throw new ContractError(first.code, [...first.problems, ...second.problems], { cause: first });
  }
  if (reasons.length > 0) throw first;
  return Promise.all(promises);
}
