import type { Json } from '../../contract/contract.js';
import type { Recording } from '../recorded/recording.js';
import type { Field } from './field.js';

/** What a format needs besides the parsed file. */
export interface ReadContext {
  /** The name of the recording if the file contains none. */
  readonly name: string;
  /** Reads a file beside the recording. @throws ReplayError if it is not in the same folder, or cannot be read */
  attachment(field: Field, file: string): Promise<Uint8Array>;
}

/** A file format of recordings. */
export interface RecordingFormat {
  /** The name in messages. */
  readonly name: string;
  /** Whether a parsed file is in this format, as far as its outline shows. */
  detects(value: Json): boolean;
  /** @throws ReplayError with the location of what is invalid */
  read(root: Field, context: ReadContext): Promise<readonly Recording[]>;
}
