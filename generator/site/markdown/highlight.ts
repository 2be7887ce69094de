import { escapeHtml } from '../../../web/escape-html.js';

/** What starts a comment, by language; others have `//`. */
const HASH_COMMENTS = new Set(['sh', 'bash', 'python', 'ruby', 'py', 'rb']);

const KEYWORDS =
  /^(?:async|await|begin|break|case|catch|class|const|def|defer|do|echo|else|end|except|export|final|finally|for|foreach|from|func|function|guard|if|import|in|let|new|nil|null|None|of|package|print|public|puts|require|return|static|struct|switch|throw|throws|true|false|True|False|try|type|unless|use|using|var|void|while|with|yield)$/;

/**
 * Code with its strings, comments, numbers and keywords marked: for all languages alike, by what they have in common. A
 * full grammar for each language would weigh more than the site.
 */
export function highlight(code: string, language: string): string {
  const comment = HASH_COMMENTS.has(language) ? '#.*' : '//.*';
  // URLs in code have slashes as well, so a comment needs a space or a line start before it.
  const token = new RegExp(
    `((?<=^|\\s)${comment})|("(?:[^"\\\\\\n]|\\\\.)*"|'(?:[^'\\\\\\n]|\\\\.)*'|\`(?:[^\`\\\\]|\\\\.)*\`)|(\\b\\d+(?:\\.\\d+)?\\b)|([A-Za-z_]\\w*)`,
    'gm',
  );
  let html = '';
  let end = 0;
  for (const match of code.matchAll(token)) {
    const [text, isComment, isString, isNumber] = match;
    html += escapeHtml(code.slice(end, match.index));
    end = match.index + text.length;
    const kind = isComment ? 'com' : isString ? 'str' : isNumber ? 'num' : KEYWORDS.test(text) ? 'key' : '';
    html += kind === '' ? escapeHtml(text) : `<span class="${kind}">${escapeHtml(text)}</span>`;
  }
  return html + escapeHtml(code.slice(end));
}
