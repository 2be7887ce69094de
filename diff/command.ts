import { Command } from 'commander';
import { ContractError } from '../contract/errors.js';
import { allowRefOption, applyOption, strictOption } from '../contract/load/document-options.js';
import { printWarnings } from '../contract/load/warnings.js';
import { logText } from '../contract/text/github-log.js';
import { printableLines } from '../contract/text/printable.js';

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
  rolecall diff old.yaml new.yaml --overlay > changes.yaml

Exit codes:
  0  nothing breaking, or the overlay was printed
  1  at least one change breaks callers
  2  a contract could not be read; each problem is printed on its own line
`;

/** `rolecall diff OLD NEW [--overlay] [--json]` */
export function command(): Command {
  return new Command('diff')
    .description(
      'Compares two contracts. Reports for each change whether it breaks callers, and which version step it requires.',
    )
    .argument('<old>', 'the contract that callers use: OpenAPI 3.0 to 3.2 or Swagger 2.0, YAML or JSON')
    .argument('<new>', 'the changed contract')
    .addOption(applyOption())
    .addOption(allowRefOption())
    .addOption(strictOption())
    .option('--overlay', 'print an overlay that turns OLD into NEW instead')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', NOTES)
    .action(diff);
}

interface Options {
  readonly allowRef?: readonly string[];
  readonly strict?: boolean;
  readonly apply?: readonly string[];
  readonly overlay?: boolean;
  readonly json?: boolean;
}

async function diff(from: string, to: string, options: Options): Promise<void> {
  const { allowRef = [], apply: overlay = [], strict } = options;
  const load = { allowRef, overlay, ...(strict === undefined ? {} : { strict }) };
  if (options.overlay === true) return writeOverlay(from, to, load, options.json === true);
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
      import('../contract/json/json-document.js'),
    ]);
    process.stdout.write(jsonDocument(reportOf(from, to, changes)));
  } else {
    const [{ formatChanges }, { default: picocolors }] = await Promise.all([
      import('./report/format.js'),
      import('picocolors'),
    ]);
    const palette = picocolors.createColors(process.stdout.isTTY === true && picocolors.isColorSupported);
    const text = formatChanges(changes, palette);
    process.stdout.write(logText(text));
  }
  process.exitCode = changes.some(isBreaking) ? 1 : 0;
}

/** Prints the overlay between the documents as they are written: neither is checked. */
async function writeOverlay(
  from: string,
  to: string,
  load: { readonly allowRef: readonly string[]; readonly overlay: readonly string[] },
  isJson: boolean,
): Promise<void> {
  const [{ loadDocument }, { overlayBetween }, { jsonDocument }] = await Promise.all([
    import('../contract/load/load.js'),
    import('./report/overlay.js'),
    import('../contract/json/json-document.js'),
  ]);
  const [before, after] = await bothOf([loadDocument(from, load), loadDocument(to, load)]);
  printWarnings([...before.warnings, ...after.warnings]);
  const overlay = overlayBetween({ file: from, document: before.document }, { file: to, document: after.document });
  if (overlay === undefined) process.stderr.write('The documents have the same content: no overlay is needed.\n');
  else if (isJson) process.stdout.write(jsonDocument(overlay));
  else {
    const { stringify } = await import('yaml');
    const text = stringify(overlay, { lineWidth: 0, aliasDuplicateObjects: false });
    // JSON is YAML, too, and can escape characters that a terminal must not get.
    process.stdout.write(printableLines(text) === text ? text : jsonDocument(overlay));
  }
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
