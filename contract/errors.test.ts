import { expect, test } from 'vitest';
import { ContractError, type ContractProblem, formatProblem, RolecallError } from './errors.js';

class SomeError extends RolecallError {
  readonly code = 'SOME';
}

const problem = (message: string): ContractProblem => ({ file: 'a.yaml', line: 2, column: 3, pointer: '#/b', message });

test('an error has the name of its class, its message and its cause', () => {
  const cause = new Error('why');
  const error = new SomeError('first\nsecond', { cause });
  expect({ ...error, message: error.message, name: error.name, cause: error.cause }).toEqual({
    code: 'SOME',
    name: 'SomeError',
    message: 'first\nsecond',
    cause,
  });
});

test('control characters in a message are escaped', () => {
  expect(new SomeError('a\u001b[2Jb\rc\u202ed').message).toBe('a\\u{1b}[2Jb\\rc\\u{202e}d');
});

test('a problem is one line, whatever its names contain', () => {
  expect(formatProblem(problem('unknown field "x\n::error::\u0007"'))).toBe(
    'a.yaml:2:3 #/b: unknown field "x\\n::error::\\u{7}"',
  );
});

test('the message of a contract error has a line per problem, and the problems are kept as they are', () => {
  const problems = [problem('first\u001b'), problem('second')];
  const error = new ContractError('CONTRACT_INVALID', problems);
  expect(error.message).toBe('a.yaml:2:3 #/b: first\\u{1b}\na.yaml:2:3 #/b: second');
  expect(error.problems).toBe(problems);
});
