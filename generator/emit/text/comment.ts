/** The maximum width of emitted code. */
const lineWidth = 120;

/** Wraps paragraphs for a comment at an indentation. Lists and code keep their lines. Escapes comment ends. */
export function commentLines(paragraphs: readonly string[], indentation: number): readonly string[] {
  const width = lineWidth - indentation - ' * '.length;
  return paragraphs
    .filter((paragraph) => paragraph.trim() !== '')
    .flatMap((paragraph, index) => [...(index === 0 ? [] : ['']), ...wrapLines(safe(paragraph.trim()), width)]);
}

/** A whole comment. */
export function comment(paragraphs: readonly string[], indentation = 0): string {
  const lines = commentLines(paragraphs, indentation);
  const margin = ' '.repeat(indentation);
  const [only = ''] = lines;
  if (lines.length < 2 && only.length + indentation + '/**  */'.length <= lineWidth) return `${margin}/** ${only} */`;
  return [`${margin}/**`, ...lines.map((line) => `${margin} * ${line}`.trimEnd()), `${margin} */`].join('\n');
}

/** Escapes the end of a comment, and removes carriage returns. */
function safe(text: string): string {
  return text.replaceAll('*/', '*\u200b/').replaceAll('\r', '');
}

/** Wraps a paragraph. Lines that start like a list item or a tag stay separate. */
function wrapLines(text: string, width: number): readonly string[] {
  return text
    .split(/\n(?=\s*(?:[-*|#>]|\d+\.|@|```))|\n\s*\n/)
    .flatMap((block) => wrapWords(block.trim().split(/\s+/), width, /^(?:- |@)/.test(block.trim()) ? '  ' : ''));
}

function wrapWords(words: readonly string[], width: number, hanging: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = hanging + word;
    } else {
      line += line === '' || line === hanging ? word : ` ${word}`;
    }
  }
  return [...lines, line];
}
