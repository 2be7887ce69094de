import { escapeHtml } from '../../../web/escape-html.js';

/** A table of Markdown as HTML, in a box that scrolls by itself. Cells name their column, for narrow screens. */
export function tableHtml(text: string, cellOf: (markdown: string) => string): string {
  const [head = '', , ...rows] = text.split('\n');
  const columns = cellsIn(head);
  const headers = columns.map((column) => `<th scope="col">${cellOf(column)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = cellsIn(row).map(
      (cell, index) => `<td data-column="${escapeHtml(columns[index] ?? '')}">${cellOf(cell)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="group" aria-label="Table: ${escapeHtml(columns.join(', '))}"><table><thead><tr>${headers}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

/** The cells of a row; a pipe inside of a cell is escaped. */
function cellsIn(row: string): readonly string[] {
  return row
    .replace(/^\| /, '')
    .replace(/ ?\|$/, '')
    .split(/ ?(?<!\\)\| ?/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}
