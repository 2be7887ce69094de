import { decodeSegment } from '../../contract/percent-encoding.js';

/**
 * The entries of a text. Where the separator was sent as it is, one that is percent-encoded belongs to an entry. Many
 * clients encode all of them, so a text without any other is split at those.
 */
export function entriesOf(text: string, separator: string, encoded: string | undefined): readonly string[] {
  if (encoded === undefined || !encoded.includes(separator)) return text.split(separator);
  return encoded.split(separator).map((entry) => decodeSegment(entry) ?? entry);
}
