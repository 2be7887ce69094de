import { expect, test } from 'vitest';
import { MarkdownRenderer } from './render-markdown.js';
import { withSamples } from './samples.js';

const html = (markdown: string): string => withSamples(new MarkdownRenderer((href) => href).render(markdown).html);
const CODE = '```sh\ncurl x\n```';

test('languages are wrapped, and what is before and after them is not', () => {
  const page = html(
    `# T\n\n## Samples\n\nReplace X.\n\n### A\n\n${CODE}\n\n### B\n\n${CODE}\n\nNo C.\n\n## Next\n\n### D`,
  );
  expect(page).toMatch(
    /Replace X\.<\/p>\s*<div class="samples"><section class="sample" aria-labelledby="a"><h3 id="a">A<\/h3>/,
  );
  expect(page.match(/<section /g)).toHaveLength(2);
  expect(page).toMatch(/<\/section><\/div>\s*<p>No C\.<\/p>/);
  expect(page).toMatch(/<h3 id="d">D<\/h3>$/);
});

test.each([
  ['a page without samples', '# T\n\n### A\n\ntext'],
  ['one language alone', `## Samples\n\n### A\n\n${CODE}`],
])('%s stays as it is', (_, markdown) => {
  expect(html(markdown)).not.toContain('class="sample');
});
