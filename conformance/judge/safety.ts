import type { Evidence, Json, MediaType } from '../../contract/contract.js';
import type { Violation } from '../finding/finding.js';
import { besidesText, type Exchange } from '../target/exchange.js';

const EVERY_SERVER: Evidence = { grade: 'documented', source: 'expected of every server' };

/** One line of a stack trace as Node, the JVM, Python, Go, PHP or .NET print it. */
const STACK_TRACE =
  /(\n|\\n|<br>|&nbsp;)\s{0,40}at [\w$.<>[\] ]{1,200} ?\(?[^\s()]{1,300}:\d+|Traceback \(most recent call last\)|goroutine \d+ \[|\.php(:| on line )\d+|\bat [\w.]{1,200}\(\w{1,100}\.java:\d+\)/;

/** What servers say where requests get into each other's way, such as SQLite of a database with two writers. */
const CONTENTION =
  /\b(lock(ed)?|deadlock|busy|too many (open )?connections|pool (is )?(exhausted|timeout)|QueuePool)\b/i;

/** Characters searched for a stack trace: longer bodies are listings. */
const SEARCHED = 64 * 1024;

/** 501 is a refusal: the server says that it does not support the request. */
export function isServerError(status: number): boolean {
  return status >= 500 && status !== 501;
}

/**
 * What no response may contain, whatever the request: a server error, a stack trace, the caller's token.
 *
 * @param content - what the contract has for the response: stack traces in its examples are data of the service
 */
export function judgeSafety(exchange: Exchange, content: readonly MediaType[] = []): readonly Violation[] {
  const { response, authorization } = exchange;
  const violations: Violation[] = [];
  if (isServerError(response.status)) {
    violations.push({
      code: 'SERVER_ERROR',
      cause: `server error ${response.status}`,
      expected: expectedStatus(exchange),
      actual: `${response.status} ${excerpt(response.text)}`.trimEnd(),
      evidence: EVERY_SERVER,
      exchange,
    });
  }
  if (response.text === '') return violations;
  if (hasStackTrace(response, content)) {
    violations.push({
      code: 'STACK_TRACE',
      cause: 'stack trace in the body',
      expected: 'no stack trace in the body',
      actual: excerpt(response.text),
      evidence: EVERY_SERVER,
      exchange,
    });
  }
  const token = authorization?.replace(/^\S+\s+/, '') ?? '';
  // Shorter tokens are malformed ones that a check made up; a refusal may quote them.
  if (token.length > 40 && response.text.includes(token)) {
    violations.push({
      code: 'TOKEN_ECHOED',
      cause: 'token echoed',
      expected: 'a response without the token',
      actual: 'the body contains the token that was sent',
      evidence: EVERY_SERVER,
      exchange,
    });
  }
  return violations;
}

/** Where other requests may be the reason, sent alone it may succeed: the report says how many there were. */
function expectedStatus({ response: { status, text }, besides = 0 }: Exchange): string {
  const mayDependOnOthers = besides > 0 && (status === 503 || CONTENTION.test(text.slice(0, SEARCHED)));
  return mayDependOnOthers ? `a status below 500, also ${besidesText(besides)}` : 'a status below 500';
}

/** Whether a body has a stack trace that is no part of an example. */
function hasStackTrace({ text, json }: Exchange['response'], content: readonly MediaType[]): boolean {
  if (!STACK_TRACE.test(text.slice(0, SEARCHED))) return false;
  const found = (json === undefined ? [text] : [...textsIn(json)]).filter((each) => STACK_TRACE.test(each));
  const documented = content
    .flatMap(({ example, examples = [] }) => [example, ...examples.map(({ value }) => value)])
    .flatMap((example) => [...textsIn(example)]);
  return found.length === 0 || found.some((each) => !documented.some((whole) => whole.includes(each)));
}

function* textsIn(value: Json | undefined): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner);
}

/** Far more than a report shows: it masks secrets first and cuts then, since half a secret is one. */
const LONGEST_EXCERPT = 16 * 1024;

/** What texts do not have: control characters besides those of lines, and what stands for bytes that are no UTF-8. */
const NOT_TEXT = /\uFFFD|(?![\t\n\r])\p{Cc}/gu;
const MOST_NOT_TEXT = 0.1;

/** A body on one line. */
export function excerpt(text: string): string {
  const start = text.slice(0, LONGEST_EXCERPT);
  // An archive or a picture, decoded as text, tells nothing and fills the screen.
  if ((start.match(NOT_TEXT) ?? []).length > start.length * MOST_NOT_TEXT) return 'binary data';
  const line = start.replace(/\s+/g, ' ').trim();
  return text.length <= LONGEST_EXCERPT ? line : `${line}…`;
}
