import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { Contract, Schema } from '../../contract/contract.js';

// ajv-formats is CommonJS: its default export stands one level deeper under NodeNext.
const addFormats = addFormatsModule.default;

/** Above this, a broken body gets its first problem alone: collecting all of a megabyte's would be costly. */
const ALL_ERRORS_BELOW = 64 * 1024;
/** A message that lists more than this helps nobody. */
const ERRORS_SHOWN = 10;

/** Compiles schemas of a contract. A compiled one stops at the first problem; all are looked for once there is one. */
export class Validators {
  readonly #contract: Contract;
  readonly #quick = newAjv(false);
  readonly #thorough = newAjv(true);

  constructor(contract: Contract) {
    this.#contract = contract;
  }

  /**
   * What is wrong with a value; empty where nothing is. Compiled when first used.
   *
   * @returns a function whose second parameter is how long the value's text was
   */
  compile(schema: Schema): (value: unknown, length?: number) => readonly ErrorObject[] {
    let quick: ReturnType<Ajv2020['compile']> | undefined;
    let thorough: ReturnType<Ajv2020['compile']> | undefined;
    return (value, length = 0) => {
      quick ??= this.#quick.compile(this.#contract.standalone(schema));
      if (quick(value)) return [];
      if (length > ALL_ERRORS_BELOW) return quick.errors ?? [];
      thorough ??= this.#thorough.compile(this.#contract.standalone(schema));
      thorough(value);
      return (thorough.errors ?? []).slice(0, ERRORS_SHOWN);
    };
  }
}

function newAjv(allErrors: boolean): Ajv2020 {
  // What JSON writes as 1e999 is read as Infinity, which is no number to keep.
  const ajv = new Ajv2020({
    allErrors,
    verbose: true,
    strict: false,
    strictNumbers: true,
    validateFormats: true,
    logger: false,
  });
  addFormats(ajv);
  // ajv compares every entry of a list with every other; a megabyte of them would take minutes.
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({ keyword: 'uniqueItems', type: 'array', schemaType: 'boolean', errors: true, validate: uniqueItems });
  return ajv;
}

/** The keyword, in one pass. Its error has the parameters that ajv's own has. */
function uniqueItems(wanted: boolean, list: readonly unknown[]): boolean {
  if (!wanted) return true;
  const seen = new Map<string, number>();
  for (const [index, entry] of list.entries()) {
    const signature = canonical(entry);
    const other = seen.get(signature);
    if (other !== undefined) {
      uniqueItems.errors = [{ keyword: 'uniqueItems', params: { i: other, j: index }, message: 'must be unique' }];
      return false;
    }
    seen.set(signature, index);
  }
  return true;
}
uniqueItems.errors = [] as Partial<ErrorObject>[]; // where ajv looks for what a keyword of one's own found

/** The same text for equal JSON values, whatever the order of their properties. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
