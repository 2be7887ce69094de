import { printableLines } from '../../../contract/text/printable.js';

/** Text for XML 1.0, in an element or an attribute. */
export function escapeXml(text: string): string {
  return (
    printableLines(text)
      // Characters that XML cannot carry at all.
      .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
      .replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
