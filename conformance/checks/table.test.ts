import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { families } from '../finding.js';
import { checks } from './table.js';

describe('the table of checks', () => {
  it('has each file of this folder once, by its name', () => {
    const files = readdirSync(new URL('.', import.meta.url))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'table.ts')
      .map((name) => name.replace('.ts', ''));
    expect(checks.map(({ id }) => id).sort()).toEqual(files.sort());
  });

  it('has every family', () => {
    expect([...new Set(checks.map(({ family }) => family))].sort()).toEqual([...families].sort());
  });

  it.each(checks)('describes $id in sentences', ({ title, description }) => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(description).toMatch(/^[A-Z].*\.$/);
  });
});
