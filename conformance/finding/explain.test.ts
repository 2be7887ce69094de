import { expect, it } from 'vitest';
import { checks } from '../checks/table.js';
import { Explanations } from './explain.js';
import { FINDING_CODES, ROOT_CODES } from './finding-codes.js';

const explanations = new Explanations(checks);

it('explains the codes of single answers and of every check, each once', () => {
  expect(explanations.codes).toHaveLength(Object.keys({ ...FINDING_CODES, ...ROOT_CODES }).length + checks.length);
  expect(explanations.codes.filter((code) => !/^[A-Z][A-Z_]+$/.test(code))).toEqual([]);
});

it.each(explanations.codes)('%s: what it means, how to confirm it, how to fix it', (code) => {
  const [head = '', meaning = '', advice = ''] = explanations.format(code).split('\n\n');
  expect(head).toMatch(new RegExp(`^${code}: .{10,}`));
  expect(meaning).toMatch(/^[A-Z].{20,}\.$/s);
  expect(advice).toMatch(/^Confirm: .{10,}\.\nFix: {5}.{10,}\.\n$/);
});

it('takes a code in any case, and as the id of a check', () => {
  expect(explanations.format('wrong_status')).toBe(explanations.format('WRONG_STATUS'));
  expect(explanations.format('relation-model')).toMatch(/^RELATION_MODEL: /);
});

it('refuses an unknown code, with the most similar one', () => {
  expect(() => explanations.format('WRONG_STATE')).toThrow(
    'unknown code "WRONG_STATE"; expected one such as "WRONG_STATUS" (rolecall explain).',
  );
});

it('lists all codes', () => {
  const lines = explanations.list().trimEnd().split('\n');
  expect(lines).toHaveLength(explanations.codes.length);
  expect(lines[0]).toMatch(/^SERVER_ERROR +The target answers 5xx$/);
  expect(lines.filter((line) => line.length > 80 || !/^[A-Z_]+ +[A-Z]/.test(line))).toEqual([]);
});
