import type { Tokens, TokenValue } from '../tokens.js';

/** How a language writes a text with the values of constants in it. */
export interface LiteralStyle {
  /** A text as the language has it between quotes, and expressions; never a single expression. */
  readonly join: (parts: readonly LiteralPart[], quote: string) => string;
  /** A text as the language has it between the quotes of the library; absent if the library escapes texts itself. */
  readonly escape?: (text: string) => string;
  /** Escapes what the library does not, in a literal with these quotes. */
  readonly inert?: (text: string, quote: string) => string;
  /** The expression that percent-encodes a constant for a URL. */
  readonly encode: (name: string) => string;
  /** What the language has for JSON that the library writes wrong. */
  readonly special?: Partial<Readonly<Record<'null' | 'empty-object' | 'empty-list', string>>>;
}

/** `text` is escaped for the quotes that the library used. */
export type LiteralPart = { readonly text: string } | { readonly expression: string };

/** A string literal in any of the languages: `"…"`, `'…'`, and `@"…"` of Objective-C. */
const LITERAL = /(@?)(["'])((?:\\.|(?!\2)[^\\\n])*)\2/g;

/** The snippet with constants in place of tokens, and whether it encodes one of them. */
export function withPlaceholders(
  snippet: string,
  tokens: Tokens,
  style: LiteralStyle,
): { readonly code: string; readonly encodes: boolean } {
  let encodes = false;
  const partsOf = (value: string | TokenValue): readonly LiteralPart[] => {
    if (typeof value === 'string') return [{ text: value }];
    if ('special' in value) return [{ expression: style.special?.[value.special] ?? '' }];
    return value.pieces.map((piece): LiteralPart => {
      if (typeof piece === 'string') return { text: piece };
      const isEncoded = 'encoded' in piece && piece.encoded;
      encodes ||= isEncoded;
      return { expression: isEncoded ? style.encode(piece.name) : piece.name };
    });
  };
  const code = snippet.replaceAll(LITERAL, (_: string, at: string, quote: string, text: string) => {
    const safe = style.inert?.(text, quote) ?? text;
    const values = tokens.split(safe);
    if (values.every((value) => typeof value === 'string')) return `${at}${quote}${safe}${quote}`;
    const parts = values.flatMap(partsOf);
    if (parts.every((part) => 'text' in part)) {
      return `${at}${quote}${parts.map((part) => part.text).join('')}${quote}`;
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined && 'expression' in only
      ? only.expression
      : style.join(parts, quote);
  });
  return { code, encodes };
}

/** `"https://" + YOUR_DOMAIN + "/shelves"` */
export function concatenated(operator: string): LiteralStyle['join'] {
  return (parts, quote) =>
    parts.map((part) => ('text' in part ? `${quote}${part.text}${quote}` : part.expression)).join(` ${operator} `);
}

/** One literal with expressions inside: `f"https://{YOUR_DOMAIN}/shelves"`. */
export function interpolated(
  [open, close]: readonly [string, string],
  expression: (code: string) => string,
  safe: (text: string) => string = (text) => text,
): LiteralStyle['join'] {
  return (parts) =>
    `${open}${parts.map((part) => ('text' in part ? safe(part.text) : expression(part.expression))).join('')}${close}`;
}
