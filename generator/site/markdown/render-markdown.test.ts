import { describe, expect, test } from 'vitest';
import { MarkdownRenderer } from './render-markdown.js';

const renderer = new MarkdownRenderer((href) => href.replace('.md', '.html'));
const html = (markdown: string): string => renderer.render(markdown).html;

test.each<{ name: string; given: string; want: string }>([
  { name: 'prose', given: 'One *two* `three`.', want: '<p>One <em>two</em> <code>three</code>.</p>\n' },
  { name: 'a link', given: '[a](b.md#c)', want: '<p><a href="b.html#c">a</a></p>\n' },
  {
    name: 'a list with paragraphs',
    given: '- a\n\n  b\n- c',
    want: '<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>\n',
  },
  {
    name: 'a footnote',
    given: 'So[^1].\n\n[^1]: Because of `x`.',
    want: '<p>So<sup><a href="#note-1" aria-label="Source 1">1</a></sup>.</p>\n\n<ol class="notes"><li id="note-1">Because of <code>x</code>.</li></ol>',
  },
  {
    name: 'long code, which may break between its words',
    given: '`read:user_effective_roles`, `https://a.example/x_<y>`, `read:roles`',
    want: '<p><code>read:<wbr>user_<wbr>effective_<wbr>roles</code>, <code>https://<wbr>a.<wbr>example/<wbr>x_&#60;y&#62;</code>, <code>read:roles</code></p>\n',
  },
  { name: 'a heading', given: '## One & `two`', want: '<h2 id="one--two">One &amp; <code>two</code></h2>' },
  {
    name: 'a sample to open',
    given: '<details open>\n<summary>A (b)</summary>\n\nc\n\n</details>\n\nd',
    want: '<h3 id="a-b">A (b)</h3>\n<p>c</p>\n\n<p>d</p>\n',
  },
  { name: 'the comment of generated files', given: '<!-- Generated -->\n\na', want: '<p>a</p>\n' },
])('$name', ({ given, want }) => {
  expect(html(given)).toBe(want);
});

test('a grade becomes a badge, and another link does not', () => {
  expect(html('[recorded](guides/grades.md#recorded "Seen")')).toBe(
    '<p><a href="guides/grades.html#recorded" title="Seen" class="badge recorded">recorded</a></p>\n',
  );
  expect(html('[grades](guides/grades.md)')).not.toContain('badge');
});

test('a table has a box, columns, escaped pipes and line breaks', () => {
  const table = html('Text:\n\n| A | B |\n| --- | --- |\n| `x\\|y` | 1<br>2 |\n| z |  |');
  expect(table).toContain('<p>Text:</p>');
  expect(table).toContain('<th scope="col">A</th><th scope="col">B</th>');
  expect(table).toContain('<td data-column="A"><code>x|y</code></td><td data-column="B">1<br>\n2</td>');
  expect(table).toContain('<td data-column="A">z</td><td data-column="B"></td>');
});

test('code keeps its lines, also with headings and tables in it', () => {
  expect(html('```sh\n# a\n\n| b |\n```\n\nc')).toMatch(
    /<pre tabindex="0"><code>.*# a.*\n\n\| b \|<\/code><\/pre><\/div>\n<p>c<\/p>/,
  );
});

test('headings of the same text have different ids', () => {
  const { title, headings } = renderer.render('# T\n\n## A\n\n## A\n\n### 204');
  expect(title).toBe('T');
  expect(headings).toEqual([
    { level: 2, id: 'a', text: 'A' },
    { level: 2, id: 'a-1', text: 'A' },
    { level: 3, id: '204', text: '204' },
  ]);
});

describe('text of a contract cannot do harm', () => {
  const HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)>';

  test.each([
    ['in prose', HOSTILE],
    ['in a heading', `# ${HOSTILE}\n\n## ${HOSTILE}`],
    ['in a table', `| ${HOSTILE} |\n| --- |\n| ${HOSTILE} |`],
    ['in code', `\`\`\`${HOSTILE}\n${HOSTILE}\n\`\`\``],
    ['in a footnote', `[^1]: ${HOSTILE}`],
    ['as a link', '[a](javascript:alert(1)) [b](<javascript:alert(1)>) [c](data:text/html,x) [d](vbscript:x)'],
    ['as a title', '[a](b "\\"onclick=alert(1)")'],
    ['as an image', '![a](https://example.com/x.png)'],
  ])('%s', (_, given) => {
    const page = html(given);
    expect(page).not.toMatch(/<(?:script|img)/i);
    expect(page).not.toMatch(/href="(?:javascript|data|vbscript)/i);
    expect(page).not.toMatch(/"onclick/);
  });

  test('nor take long', () => {
    const start = performance.now();
    for (const part of ['[', '*a', '`', '| ', '# ', '<br', '[^1]', '\\', '[](', '> ', '"a', "'", '- '])
      html(part.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
