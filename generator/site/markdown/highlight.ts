import { escapeHtml } from '../../../web/escape-html.js';

/** What starts a comment, by language; others have `//`. */
const HASH_COMMENTS = new Set(['sh', 'bash', 'python', 'ruby', 'py', 'rb']);

const KEYWORDS =
  'async|await|begin|break|case|catch|class|const|def|defer|do|echo|else|end|except|export|final|finally|for|foreach|from|func|function|guard|if|import|in|let|new|nil|null|None|of|package|print|public|puts|require|return|static|struct|switch|throw|throws|true|false|True|False|try|type|unless|use|using|var|void|while|with|yield';

/** Strings, comments, numbers and keywords. URLs have slashes as well, so a comment needs a space or a line start before it. */
function tokens(comment: string): RegExp {
  return new RegExp(
    `((?<=^|\\s)${comment})|("(?:[^"\\\\\\n]|\\\\.)*"|'(?:[^'\\\\\\n]|\\\\.)*'|\`(?:[^\`\\\\]|\\\\.)*\`)|(\\b\\d+(?:\\.\\d+)?\\b)|\\b(?:${KEYWORDS})\\b`,
    'gm',
  );
}

const WITH_HASH = tokens('#.*');
const WITH_SLASHES = tokens('//.*');

/**
 * Code with its strings, comments, numbers and keywords marked: for all languages alike, by what they have in common. A
 * full grammar for each language would weigh more than the site.
 */
export function highlight(code: string, language: string): string {
  let html = '';
  let end = 0;
  for (const match of code.matchAll(HASH_COMMENTS.has(language) ? WITH_HASH : WITH_SLASHES)) {
    const [text, isComment, isString, isNumber] = match;
    html += escapeHtml(code.slice(end, match.index));
    end = match.index + text.length;
    const kind = isComment ? 'com' : isString ? 'str' : isNumber ? 'num' : 'key';
    html += `<span class="${kind}">${escapeHtml(text)}</span>`;
  }
  return html + escapeHtml(code.slice(end));
}
