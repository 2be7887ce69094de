import { printableLines } from '../contract/text/printable.js';

/** Text for HTML, in an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return printableLines(text).replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
