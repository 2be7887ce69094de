import pc from 'picocolors';
import { expect, test } from 'vitest';
import { columnsOf } from '../../contract/text/columns.js';
import { exchange, replayed } from '../test-support/recorded.js';
import { formatReport } from './text.js';

test.each([
  'roles',
  'a\ttab',
  '日本語の名前のカセット',
  `cassettes/${'とても長い名前/'.repeat(9)}🎉`,
  `cassettes/${'x'.repeat(90)}`,
])('the counts of a recording named %j are below their titles', async (recording) => {
  const report = await replayed([exchange('GET /roles', undefined, 200, [])]);
  const named = { ...report, recordings: report.recordings.map((each) => ({ ...each, recording })) };
  const [table = ''] = formatReport(named, pc.createColors(false)).split('\n\n');
  const widths = new Set(table.split('\n').map(columnsOf));
  expect(widths.size).toBe(1);
  expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  expect(table).not.toContain('\t');
});
