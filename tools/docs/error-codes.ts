import { RUN_ERROR_CODES } from '../../conformance/errors.js';
import { CONTRACT_ERROR_CODES, type ErrorCode, SETTING_ERROR_CODES } from '../../contract/errors.js';
import { CLIENT_ERROR_CODES } from '../../generator/client/error-codes.js';
import { code, page, table } from '../../generator/emit/reference/markdown.js';
import { GENERATOR_ERROR_CODES } from '../../generator/errors.js';
import { REPLAY_ERROR_CODES } from '../../replay/errors.js';
import { TENANT_ERROR_CODES } from '../../tenant/errors.js';

type Codes = Readonly<Record<string, ErrorCode>>;

/** Error classes with their codes, by the module that exports them. */
export const ERROR_CLASSES: Readonly<Record<string, Readonly<Record<string, Codes>>>> = {
  rolecall: {
    ContractError: CONTRACT_ERROR_CODES,
    SettingError: SETTING_ERROR_CODES,
    GeneratorError: GENERATOR_ERROR_CODES,
    TenantError: TENANT_ERROR_CODES,
    RunError: RUN_ERROR_CODES,
    ReplayError: REPLAY_ERROR_CODES,
  },
  'rolecall/client': CLIENT_ERROR_CODES,
};

const HEAD = `<!-- Written by \`npm run docs\` from the error classes; a test keeps it current. -->

# Error codes

Every error that Rolecall throws on purpose has a \`code\` that never changes, so your code can compare it. The message
says what is wrong, where, what was expected and what to do; its wording may change. Any other error is a defect: please
report it.`;

/** How the classes of a module belong together. */
const INTRODUCTIONS: Readonly<Record<string, string>> = {
  rolecall:
    'The command line prints the message and exits with 2. All classes extend `RolecallError`. `StateError` is a `TenantError` with the code `TENANT_STATE_INVALID` that lists its `problems`.',
  'rolecall/client': 'Every generated client exports these classes. All extend `ClientError`.',
};

/** The text of `docs/errors.md`. */
export function errorCodesPage(): string {
  return page([
    HEAD,
    ...Object.entries(ERROR_CLASSES).flatMap(([module, classes]) => [
      `## ${code(module)}`,
      INTRODUCTIONS[module] ?? '',
      table(['code', 'class', 'when', 'what to do'], Object.entries(classes).flatMap(rowsOf)),
    ]),
  ]);
}

function rowsOf([name, codes]: readonly [string, Codes]): readonly (readonly string[])[] {
  return Object.entries(codes).map(([each, { when, remedy }]) => [code(each), code(name), when, remedy]);
}
