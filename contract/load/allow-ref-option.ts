import { Option } from 'commander';

/** `--strict` of every command that reads a contract. */
export function strictOption(): Option {
  return new Option('--strict', 'treat warnings about the document as errors');
}

/** `--no-strict`, where a command is strict by itself. */
export function notStrictOption(): Option {
  return new Option('--no-strict', 'accept a document that has warnings');
}

/** `--allow-ref DIR` of every command that reads a contract; its value is a list. */
export function allowRefOption(): Option {
  return new Option('--allow-ref <dir>', 'let $ref read files in this folder too; repeatable').argParser(
    (folder: string, previous: readonly string[] | undefined) => [...(previous ?? []), folder],
  );
}
