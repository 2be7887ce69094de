import { Option } from 'commander';

/** `--spec FILE` of every command that reads one contract. @param fallback - what is read without it */
export function specOption(fallback = 'spec/openapi.yaml, else the packaged one'): Option {
  return new Option(
    '--spec <file>',
    `the contract: OpenAPI 3.0 to 3.2 or Swagger 2.0, YAML or JSON (default: ${fallback})`,
  );
}

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
  return repeatable('--overlay <file>', 'change the document by this overlay');
}

/** `--apply FILE` of `rolecall diff`, where `--overlay` is the format of the result. */
export function applyOption(): Option {
  return repeatable('--apply <file>', 'change both documents by this overlay');
}

/** `--allow-ref DIR` of every command that reads a contract; its value is a list. */
export function allowRefOption(): Option {
  return repeatable('--allow-ref <dir>', 'let $ref read files in this folder too');
}

/** `--set-path NAME=VALUE` of commands that send requests or answer them; its value is a list. */
export function setPathOption(): Option {
  return repeatable('--set-path <name=value>', 'give a path parameter this one value');
}

/** An option that may be passed several times; its value is a list. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description}; repeatable`).argParser(
    (value: string, previous: readonly string[] | undefined) => [...(previous ?? []), value],
  );
}
