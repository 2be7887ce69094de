import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Json } from '../../contract/contract.js';
import { fileErrorReason } from '../../contract/file-error.js';
import { ReplayError } from '../errors.js';
import type { Recording } from '../recorded/recording.js';
import { type Field, unexpected } from './field.js';
import { FORMATS } from './formats.js';
import { parseRecordingText } from './recording-text.js';

/** The largest file, in bytes. 10,000 exchanges take about 10 MB. */
export const LARGEST = 64 * 1024 * 1024;

export interface ReadOptions {
  /** Receives the parsed file before it is read further: errors may quote it. */
  readonly learn?: (value: Json) => void;
  /** In bytes. */
  readonly largest?: number;
  /** What recordings without a name of their own are called. Default: the file's name, without its ending. */
  readonly name?: string;
  /** Receives the name of a file that is not a recording; without it, such a file is an error. */
  readonly onOther?: (file: string) => void;
  /** Receives the name of each file that a recording has beside it for a body. */
  readonly onAttached?: (file: string) => void;
}

/**
 * Reads the recordings of a file in any of the formats.
 * @throws ReplayError with file and location if the file is missing, too large, or not a recording
 */
export async function readRecordings(
  file: string,
  { largest = LARGEST, ...options }: ReadOptions = {},
): Promise<readonly Recording[]> {
  return parseRecordings(file, await readBytes(file, largest), options);
}

/** Parses the recordings in the bytes of a file. @throws ReplayError */
export async function parseRecordings(
  file: string,
  bytes: Uint8Array,
  { learn = () => undefined, name = basename(file), onOther, onAttached }: Omit<ReadOptions, 'largest'> = {},
): Promise<readonly Recording[]> {
  const value = await parseRecordingText(file, bytes).catch((cause: unknown) => {
    if (onOther === undefined || !(cause instanceof ReplayError) || isMeantAsRecording(file, bytes)) throw cause;
  });
  if (value === undefined) {
    onOther?.(file);
    return [];
  }
  learn(value);
  const root: Field = { file, pointer: '#', value };
  const format = FORMATS.find((each) => each.detects(value));
  if (format === undefined) {
    if (onOther !== undefined) {
      onOther(file);
      return [];
    }
    throw unexpected(
      root,
      'a recording (a HAR, a cassette of go-vcr, vcrpy or VCR, definitions of nock, or "exchanges")',
    );
  }
  const shortName = name.replace(/\.(json|har|ya?ml)$/i, '');
  return format.read(root, {
    name: shortName,
    attachment(field, attached) {
      onAttached?.(join(dirname(field.file), attached));
      return readAttachment(field, attached);
    },
  });
}

/** Whether a file that is neither JSON nor YAML may be a damaged recording: what HARs and cassettes name shows it. */
function isMeantAsRecording(file: string, bytes: Uint8Array): boolean {
  return /\.har$/i.test(file) || OUTLINE.test(new TextDecoder('latin1').decode(bytes));
}

const OUTLINE = /interactions"?:|"(entries|exchanges|rawHeaders|reqheaders)"\s*:/;

/** A file beside the recording: any other path could read files that do not belong to it. */
async function readAttachment(field: Field, name: string): Promise<Uint8Array> {
  if (name !== basename(name) || name === '..' || name.includes('\\')) {
    throw unexpected(field, 'the name of a file in the folder of the recording');
  }
  return readBytes(join(dirname(field.file), name), LARGEST);
}

async function readBytes(file: string, largest: number): Promise<Uint8Array> {
  try {
    const entry = await stat(file);
    if (entry.isCharacterDevice() || entry.isBlockDevice()) {
      throw new ReplayError('RECORDING_UNREADABLE', `${file}: it is a device; expected a recording.`);
    }
    const { size } = entry;
    if (size > largest) {
      throw new ReplayError(
        'RECORDING_UNREADABLE',
        `${file}: ${size} bytes, more than the limit of ${largest}; split the recording.`,
      );
    }
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof ReplayError) throw cause;
    const message = `${file}: cannot be read: ${fileErrorReason(cause)}; expected a recording.`;
    throw new ReplayError('RECORDING_UNREADABLE', message, { cause });
  }
}
