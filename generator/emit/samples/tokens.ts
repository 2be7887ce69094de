import { type Piece, piecesOf } from './placeholder.js';
import type { UrlPiece } from './sample-url.js';

/** What a token stands for: parts of a text, or an expression in the place of the whole literal. */
export type TokenValue =
  | { readonly pieces: readonly (UrlPiece | Piece)[] }
  | { readonly special: 'null' | 'empty-object' | 'empty-list' };

/** Texts that are the same between the quotes of every language. */
const PLAIN = /^[\w .,:;/@+=?&<>()*!|~^-]*$/;

/**
 * Words that pass through a library of snippets unchanged, in place of what it would write wrong: it takes them for
 * parts of hosts, headers and values. They are in lower case because the library writes hosts so.
 */
export class Tokens {
  readonly #values: TokenValue[] = [];

  add(value: TokenValue): string {
    this.#values.push(value);
    return `zq${this.#values.length - 1}qz`;
  }

  /** A text whose placeholders are tokens, and with `quoted` also what has a meaning in a literal. */
  inText(text: string, quoted?: (text: string) => string): string {
    return piecesOf(text)
      .map((piece) => {
        if (typeof piece !== 'string') return this.add({ pieces: [piece] });
        return quoted === undefined || PLAIN.test(piece) ? piece : this.add({ pieces: [quoted(piece)] });
      })
      .join('');
  }

  /** The parts of a text with tokens: texts as they are, and the values of the tokens. */
  split(text: string): readonly (string | TokenValue)[] {
    return text
      .replaceAll(/https:\/\/(zq\d+qz)\.invalid\/?/g, '$1')
      .split(/zq(\d+)qz/)
      .map((part, index) => (index % 2 === 1 ? (this.#values[Number(part)] ?? '') : part))
      .filter((part) => part !== '');
  }

  /** A URL that is a token as a whole. */
  asUrl(value: TokenValue): string {
    return `https://${this.add(value)}.invalid/`;
  }
}
