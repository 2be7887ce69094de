import { Command } from 'commander';

/** The file that the documentation and the workflow templates name. */
const FILE = 'rolecall.baseline.json';

const GUIDE = `
REPORT is the report.json of verify, of verify --merge or of proxy (--report).
FILE is created, or extended: entries that still apply stay as they are. An
entry knows its finding at the operations of the report; at another operation,
the same cause is new. verify names entries whose findings are gone.

Examples:
  rolecall verify http://127.0.0.1:4000 --report out
  rolecall baseline out/report.json --until 2099-12-31 --reason "release 5"
  rolecall verify http://127.0.0.1:4000 --baseline ${FILE}`;

/** `rolecall baseline REPORT --until DAY --reason TEXT` */
export function command(): Command {
  return new Command('baseline')
    .description('Accepts the findings of a report until a day: writes them into the file that --baseline reads.')
    .argument('<report>', 'a report.json')
    .requiredOption('--until <day>', 'the last day on which they are accepted (YYYY-MM-DD)')
    .requiredOption('--reason <text>', 'why they are accepted')
    .option('--baseline <file>', 'the file to write', FILE)
    .addHelpText('after', GUIDE)
    .action(
      async (
        report: string,
        options: { readonly until: string; readonly reason: string; readonly baseline: string },
      ) => {
        const { acceptFindings } = await import('./accept-findings.js');
        process.stdout.write(await acceptFindings(report, options));
      },
    );
}
