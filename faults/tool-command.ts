import { Command } from 'commander';

/** The command of a tool. Wrong options end it with 2, since 1 says that something was missed. */
export function toolCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
}
