import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { families } from '../finding/finding.js';
import { checks } from './table.js';

describe('the table of checks', () => {
  it('has every file of the family folders once, by its id', () => {
    const files = families.flatMap((family) =>
      readdirSync(new URL(`${family}/`, import.meta.url))
        .filter((name) => !name.endsWith('.test.ts'))
        .map((name) => `${family}/${name.replace('.ts', '')}`),
    );
    expect(checks.map(({ family, id }) => `${family}/${id}`).sort()).toEqual(files.sort());
  });

  it('has every family', () => {
    expect([...new Set(checks.map(({ family }) => family))].sort()).toEqual([...families].sort());
  });

  it.each(checks)('describes $id in sentences', ({ title, description, appliesTo }) => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(appliesTo).toMatch(/^[a-zA-Z].*[^.]$/);
  });
});
