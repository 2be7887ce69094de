import { Command } from 'commander';
import { ContractError } from '../contract/errors.js';
import { githubLog } from '../contract/github-log.js';
import { allowRefOption, strictOption } from '../contract/load/allow-ref-option.js';
import { printWarnings } from '../contract/load/warnings.js';

const NOTES = `
A change is breaking if a correct client of OLD can fail with NEW:
  requests   a valid request is refused or does something else
  answers    a client can receive what OLD ruled out, or misses promised data

Adding an optional property to an answer does not break clients. Adding a value
to an enum of an answer does: clients that handle each value do not know it.
Removing an error does not break clients. Changes of wording are patches.
Webhooks and callbacks are not compared in detail: any change beyond wording
counts as breaking. Scopes, quotas, rate limits, errorCodes and effects are
compared like everything else.

Examples:
  rolecall diff old.yaml new.yaml
  git worktree add ../released v1.0.0
  rolecall diff ../released/spec/openapi.yaml spec/openapi.yaml --json

Exit codes:
  0  nothing breaking
  1  at least one change breaks callers
  2  a contract could not be read; each problem is printed on its own line
`;

/** `rolecall diff OLD NEW [--json]` */
export function command(): Command {
  return new Command('diff')
    .summary('compare two contracts and report breaking changes')
    .description(
      'Compares two contracts. Reports for each change whether it breaks callers, and which version step it requires.',
    )
    .argument('<old>', 'the contract that callers use: an OpenAPI 3.0 to 3.2 document in YAML or JSON')
    .argument('<new>', 'the changed contract')
    .addOption(allowRefOption())
    .addOption(strictOption())
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', NOTES)
    .action(diff);
}

interface Options {
  readonly allowRef?: readonly string[];
  readonly strict?: boolean;
  readonly json?: boolean;
}

async function diff(from: string, to: string, options: Options): Promise<void> {
  const { allowRef = [], strict } = options;
  const load = { allowRef, ...(strict === undefined ? {} : { strict }) };
  const [{ loadContract }, { diffContracts }, { isBreaking }] = await Promise.all([
    import('../contract/load/load.js'),
    import('./diff-contracts.js'),
    import('./change.js'),
  ]);
  const [before, after] = await bothOf([loadContract(from, load), loadContract(to, load)]);
  printWarnings([...before.warnings, ...after.warnings]);
  const changes = diffContracts(before.contract, after.contract);
  if (options.json === true) {
    const [{ reportOf }, { jsonDocument }] = await Promise.all([
      import('./report/report.js'),
      import('../contract/json-document.js'),
    ]);
    process.stdout.write(jsonDocument(reportOf(from, to, changes)));
  } else {
    const [{ formatChanges }, { default: picocolors }] = await Promise.all([
      import('./report/format.js'),
      import('picocolors'),
    ]);
    const palette = picocolors.createColors(process.stdout.isTTY === true && picocolors.isColorSupported);
    const text = formatChanges(changes, palette);
    process.stdout.write(process.env.GITHUB_ACTIONS === 'true' ? githubLog(text) : text);
  }
  process.exitCode = changes.some(isBreaking) ? 1 : 0;
}

/** Both values, or an error with the problems of both. */
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
