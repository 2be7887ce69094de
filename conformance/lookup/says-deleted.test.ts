import { expect, it } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { saysDeleted } from './says-deleted.js';

it.each<[Json, boolean]>([
  [{ id: 1, deleted: true }, true],
  [{ is_deleted: true }, true],
  [{ isDeleted: true }, true],
  [{ deletedAt: '2026-01-01T00:00:00Z' }, true],
  [{ deleted_on: 1_767_225_600 }, true],
  [{ status: 'DELETED' }, true],
  [{ id: 1, deleted: false }, false],
  [{ deleted_at: null }, false],
  [{ deleted_at: '' }, false],
  [{ deleted: 'no' }, false],
  [{ deleted_by: 'ada' }, false],
  [{ undeleted: true }, false],
  [{ status: 'active' }, false],
  [['deleted'], false],
  ['deleted', false],
])('%j says that it is deleted: %s', (item, want) => {
  expect(saysDeleted(item)).toBe(want);
});
