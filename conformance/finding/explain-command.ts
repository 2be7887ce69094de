import { Command } from 'commander';

const GUIDE = `
The code of a finding is in its report: in report.json, in junit.xml as the type
of a failure, and on the terminal.

Examples:
  rolecall explain                list all codes
  rolecall explain WRONG_STATUS   explain one`;

/** `rolecall explain` */
export function command(): Command {
  return new Command('explain')
    .description('Explains a code: what it means, how to confirm it, how to fix it.')
    .argument('[code]', 'the code of a finding; without it, all codes are listed')
    .addHelpText('after', GUIDE)
    .action(async (code: string | undefined) => {
      const [{ Explanations }, { checks }] = await Promise.all([import('./explain.js'), import('../checks/table.js')]);
      const explanations = new Explanations(checks);
      process.stdout.write(code === undefined ? explanations.list() : explanations.format(code));
    });
}
