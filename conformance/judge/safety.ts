import type { Evidence } from '../../contract/contract.js';
import type { Violation } from '../finding.js';
import type { Exchange } from '../target/exchange.js';

const good: Evidence = { grade: 'documented', source: 'what every server owes' };

/** A line of a stack trace as Node, the JVM, Python, Go, PHP or .NET write it. */
const STACK_TRACE =
  /(\n|\\n|<br>|&nbsp;)\s{0,40}at [\w$.<>[\] ]{1,200} ?\(?[^\s()]{1,300}:\d+|Traceback \(most recent call last\)|goroutine \d+ \[|\.php(:| on line )\d+|\bat [\w.]{1,200}\(\w{1,100}\.java:\d+\)/;

/** Where a stack trace would stand, in characters: a large body is a listing. */
const LOOKED_AT = 64 * 1024;

/** What no answer may be, whatever was asked: a server error, a stack trace, the caller's token. */
export function judgeSafety(exchange: Exchange): readonly Violation[] {
  const { response, authorization } = exchange;
  const violations: Violation[] = [];
  if (response.status >= 500) {
    violations.push({
      cause: `server error ${response.status}`,
      expected: 'an answer below 500',
      actual: `${response.status} ${excerpt(response.text)}`.trimEnd(),
      evidence: good,
      exchange,
    });
  }
  if (response.text === '') return violations;
  if (STACK_TRACE.test(response.text.slice(0, LOOKED_AT))) {
    violations.push({
      cause: 'stack trace in the body',
      expected: 'no inner workings in the body',
      actual: excerpt(response.text),
      evidence: good,
      exchange,
    });
  }
  const token = authorization?.replace(/^\S+\s+/, '') ?? '';
  // Shorter ones are garbage that a check made up, and may well be named in the refusal.
  if (token.length > 40 && response.text.includes(token)) {
    violations.push({
      cause: 'token echoed',
      expected: 'the token nowhere in the answer',
      actual: 'the body holds the token that was sent',
      evidence: good,
      exchange,
    });
  }
  return violations;
}

const LONGEST_EXCERPT = 160;

/** The beginning of a body, on one line. */
export function excerpt(text: string): string {
  const line = text
    .slice(0, 10 * LONGEST_EXCERPT)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= LONGEST_EXCERPT ? line : `${line.slice(0, LONGEST_EXCERPT)}…`;
}
