import { Code, literal, type Plain } from '../text/literal.js';
import { type Piece, piecesOf } from './placeholder.js';

/** A value as JavaScript: a placeholder is a constant, or a part of a template. */
export function written(value: Plain, ...room: readonly number[]): string {
  return literal(withConstants(value), ...room);
}

function withConstants(value: Plain): Plain {
  if (typeof value === 'string') {
    const pieces = piecesOf(value);
    const [first] = pieces;
    if (pieces.every((piece) => typeof piece === 'string')) return value;
    return new Code(pieces.length === 1 && typeof first === 'object' ? first.name : templateOf(pieces));
  }
  if (typeof value !== 'object' || value === null || value instanceof Code) return value;
  if (Array.isArray(value)) return value.map(withConstants);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, withConstants(entry)]));
}

function templateOf(pieces: readonly Piece[]): string {
  const texts = pieces.map((piece) =>
    typeof piece === 'string'
      ? JSON.stringify(piece)
          .slice(1, -1)
          .replaceAll('\\"', '"')
          .replaceAll(/[`]|\$\{/g, '\\$&')
      : `\${${piece.name}}`,
  );
  return `\`${texts.join('')}\``;
}
