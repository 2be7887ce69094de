import { describe, expect, it } from 'vitest';
import { githubLog, workflowCommand } from './github-log.js';

/** What the runner takes for a command: its two syntaxes. */
const isCommand = (line: string) => line.trimStart().startsWith('::') || line.includes('##[');

describe('githubLog', () => {
  it.each([
    '::error::owned',
    '  ::set-output name=a::b',
    '\t::add-mask::x',
    'a line\n::stop-commands::x\nanother',
    'a line\r\n::warning::x',
    'text ##[error]owned',
    '##[group]a ##[endgroup]',
    ':::error::x',
  ])('leaves no workflow command in %j', (text) => {
    expect(
      githubLog(text)
        .split(/\r\n|\r|\n/)
        .filter(isCommand),
    ).toEqual([]);
  });

  it('changes nothing else', () => {
    const text = 'a::b\n  c: d\n## [x]\nhttp://[::1]:80';
    expect(githubLog(text)).toBe(text);
  });
});

describe('workflowCommand', () => {
  it('is one line with one command, whatever the title and the text', () => {
    const line = workflowCommand('error', 'a,b:c::d\n::x', '100%\r\n::error::x ##[error]y');
    expect(line).toBe('::error title=a%2Cb%3Ac%3A%3Ad%0A%3A%3Ax::100%25%0D%0A::error::x ## [error]y');
  });
});
