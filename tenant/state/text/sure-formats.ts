/** What a byte may be in an address of the usual form. */
const WORD = 1;
const JOINT = 2;
const AT = 3;

const KIND = new Uint8Array(256);
for (const [kind, characters] of [
  [WORD, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'],
  [JOINT, '.-_+'],
  [AT, '@'],
] as const) {
  for (const character of characters) KIND[character.charCodeAt(0)] = kind;
}
const [UNDERSCORE, PLUS, DOT] = [...'_+.'].map((sign) => sign.charCodeAt(0));

type SureFormat = (bytes: Uint8Array, start: number, end: number) => boolean;

/**
 * An email address of words joined by single signs: a name, then a domain with a dot. Every such address is valid; of
 * others the validator decides.
 */
function isUsualEmail(bytes: Uint8Array, start: number, end: number): boolean {
  let isAfterWord = false;
  let isInDomain = false;
  let hasDot = false;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    const kind = KIND[byte];
    if (kind === WORD) {
      isAfterWord = true;
      continue;
    }
    if (!isAfterWord) return false;
    isAfterWord = false;
    if (kind === AT && !isInDomain) isInDomain = true;
    else if (kind !== JOINT || (isInDomain && (byte === UNDERSCORE || byte === PLUS))) return false;
    else if (isInDomain && byte === DOT) hasDot = true;
  }
  return isAfterWord && hasDot;
}

const SURE: Readonly<Record<string, SureFormat>> = { email: isUsualEmail };

/** Whether bytes are certainly a text of a format. Undefined for a format that only the validator checks. */
export function surelyFits(format: string): SureFormat | undefined {
  return Object.hasOwn(SURE, format) ? SURE[format] : undefined;
}
