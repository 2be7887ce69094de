import { Option } from 'commander';

/** `--strict` of every command that reads a contract. */
export function strictOption(): Option {
  return new Option('--strict', 'treat warnings about the document as errors');
}

/** `--no-strict`, where a command is strict by itself. */
export function notStrictOption(): Option {
  return new Option('--no-strict', 'accept a document that has warnings, with --check too');
}

/** `--overlay FILE` of every command that reads a contract; its value is a list. */
export function overlayOption(): Option {
  return repeatable('--overlay <file>', 'change the document by this overlay; repeatable');
}

/** `--apply FILE` of `rolecall diff`, where `--overlay` is the format of the result. */
export function applyOption(): Option {
  return repeatable('--apply <file>', 'change both documents by this overlay; repeatable');
}

/** `--allow-ref DIR` of every command that reads a contract; its value is a list. */
export function allowRefOption(): Option {
  return repeatable('--allow-ref <dir>', 'let $ref read files in this folder too; repeatable');
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string, previous: readonly string[] | undefined) => [
    ...(previous ?? []),
    value,
  ]);
}
