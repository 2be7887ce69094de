import { closeSync, openSync, writeSync } from 'node:fs';
import { RunError } from '../../conformance/errors.js';
import { fileErrorReason } from '../../contract/file-error.js';

/**
 * A JSON file with a list that grows. It is complete after each entry: the end of the file is written with the entry,
 * over the old end, so a killed process leaves a file that can be read.
 */
export class GrowingListFile {
  readonly #file: string;
  readonly #option: string;
  readonly #tail: string;
  readonly #descriptor: number;
  /** Where the next entry is written, in bytes. */
  #end: number;
  #isEmpty = true;

  /**
   * @param text - the document around the list: what comes before its entries, and after them
   * @throws RunError if the file cannot be written
   */
  constructor(file: string, option: string, [head, tail]: readonly [string, string]) {
    this.#file = file;
    this.#option = option;
    this.#tail = tail;
    this.#end = Buffer.byteLength(head);
    try {
      // Traffic holds what only its owner should read, even with secrets masked.
      this.#descriptor = openSync(file, 'w', 0o600);
      writeSync(this.#descriptor, head + tail, 0);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /** @throws RunError if the file cannot be written, such as where the disk is full */
  append(entry: unknown): void {
    const bytes = Buffer.from(`${this.#isEmpty ? '' : ','}\n${JSON.stringify(entry)}`);
    try {
      const all = Buffer.concat([bytes, Buffer.from(this.#tail)]);
      let written = 0;
      while (written < all.length)
        written += writeSync(this.#descriptor, all, written, all.length - written, this.#end + written);
    } catch (error) {
      throw this.#failure(error);
    }
    this.#end += bytes.length;
    this.#isEmpty = false;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #failure(error: unknown): RunError {
    const message = `cannot write ${this.#option} "${this.#file}": ${fileErrorReason(error)}.`;
    return new RunError('REPORT_NOT_WRITTEN', message, { cause: error });
  }
}
