import { expect, test } from 'vitest';
import type { JsonObject } from '../contract.js';
import { DocumentChanges } from './mendable.js';

const document: JsonObject = { a: [{ n: 0 }, { n: 1 }, { n: 2 }], b: { c: { d: 1 } } };

function changed(make: (changes: DocumentChanges) => void): JsonObject {
  const changes = new DocumentChanges();
  make(changes);
  return changes.applyTo(document, () => {});
}

test('removals are by original places, in any order, each once', () => {
  const removed = changed((changes) => {
    for (const place of ['/a/0', '/a/2', '/a/0']) changes.remove(place);
  });
  expect(removed.a).toEqual([{ n: 1 }]);
  expect(document.a).toHaveLength(3);
});

test('what is added stays beside what is removed and set', () => {
  const result = changed((changes) => {
    changes.remove('/a/1');
    changes.append('/a', { n: 3 });
    changes.set('/a/2/n', 'two');
    changes.append('/b/list', 1);
  });
  expect(result).toEqual({ a: [{ n: 0 }, { n: 'two' }, { n: 3 }], b: { c: { d: 1 }, list: [1] } });
});

test('a value inside of one that is set as well is set in the new one', () => {
  const result = changed((changes) => {
    changes.set('/b/c/d', 2);
    changes.set('/b/c', { e: 3 });
  });
  expect(result.b).toEqual({ c: { e: 3, d: 2 } });
});

test('more than ten entries are removed from the end', () => {
  const changes = new DocumentChanges();
  for (const index of [2, 10, 11]) changes.remove(`/l/${index}`);
  const list = Array.from({ length: 12 }, (_, index) => index);
  expect(changes.applyTo({ l: list }, () => {}).l).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9]);
});

test('a copy has the changes of what it copies, in any order, but for what it leaves out', () => {
  const result = changed((changes) => {
    changes.copy('/b', '/a/0', ['d']);
    changes.copy('/a/0', '/a/1/copy', []);
    changes.set('/b/d', 'left out');
    changes.set('/b/c/d', 2);
    changes.append('/b/c/list', 1);
    changes.remove('/a/2');
  });
  const copied = { c: { d: 2, list: [1] } };
  expect(result.a).toEqual([copied, { n: 1, copy: { n: 0 } }]);
  expect(document.b).toEqual({ c: { d: 1 } });
});

test('the objects on the way are copied, and the copies known; the others are the same', () => {
  const copies: object[] = [];
  const changes = new DocumentChanges();
  changes.set('/b/c/d', 2);
  const result = changes.applyTo(document, (from) => copies.push(from));
  expect(copies).toEqual([document, document.b, (document.b as JsonObject).c]);
  expect(result.a).toBe(document.a);
});
