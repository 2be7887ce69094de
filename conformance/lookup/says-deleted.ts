import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { nameWords } from '../../contract/text/name-words.js';

/** What names a property that tells whether, or when, an item was deleted: `deleted`, `is_deleted`, `deletedAt`. */
const DELETED = /^(is )?(deleted|removed)( (at|on|date|time))?$/;

/** Whether an item says of itself that it is deleted: a server may keep it, and show it marked. */
export function saysDeleted(item: Json | undefined): boolean {
  if (!isObject(item)) return false;
  return Object.entries(item).some(([name, value]) => {
    const words = nameWords(name).join(' ');
    if (words === 'status' || words === 'state') return typeof value === 'string' && /^(deleted|removed)$/i.test(value);
    const isTime = (typeof value === 'string' && value !== '') || (typeof value === 'number' && value > 0);
    return DELETED.test(words) && (value === true || (isTime && !/^(is )?\w+$/.test(words)));
  });
}
