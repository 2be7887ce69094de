import { decodeSegment } from '../../contract/http/percent-encoding.js';

/**
 * The entries of a text. Where the separator was sent as it is, one that is percent-encoded belongs to an entry. Many
 * clients encode all of them, so a text without any other is split at those.
 */
export function entriesOf(text: string, separator: string, encoded: string | undefined): readonly string[] {
  if (encoded === undefined || !encoded.includes(separator)) return text.split(separator);
  return encoded.split(separator).map((entry) => decodeSegment(entry) ?? entry);
}

/**
 * The pairs of a text such as `R=100,G=200`. As in `entriesOf`, what is percent-encoded belongs to a name or a value,
 * unless a client has encoded everything.
 */
export function pairsOf(
  text: string,
  separator: string,
  encoded: string | undefined,
): readonly (readonly [name: string, value: string])[] {
  if (encoded === undefined || !encoded.includes('=')) return text.split(separator).map(pairOf);
  return encoded.split(separator).map((entry) => {
    const [name, value] = pairOf(entry);
    return [decodeSegment(name) ?? name, decodeSegment(value) ?? value];
  });
}

function pairOf(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
