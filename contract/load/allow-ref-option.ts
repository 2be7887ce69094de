import { Option } from 'commander';

/** `--allow-ref DIR` of every command that reads a contract; its value is a list. */
export function allowRefOption(): Option {
  return new Option('--allow-ref <dir>', 'let $ref read files in this folder too; repeatable').argParser(
    (folder: string, previous: readonly string[] | undefined) => [...(previous ?? []), folder],
  );
}
