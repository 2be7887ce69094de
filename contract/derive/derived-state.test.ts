import { expect, test } from 'vitest';
import { getPointer } from '../pointer.js';
import { readContract } from '../read/read.js';
import { withDerivedState } from './derived-state.js';
import { orchard } from './test-support/orchard.js';

const { contract, resources } = withDerivedState(readContract(orchard));

test('a collection and its items are a resource, where schemas support it', () => {
  expect(resources.map(({ name, path, key, template }) => ({ name, path, key, template }))).toEqual([
    { name: 'tree', path: '/trees', key: 'id', template: '{digit:8}' },
  ]);
  expect(
    contract.operations.flatMap(({ id, effect }) => (effect ? [`${id}: ${effect.kind} ${effect.as ?? ''}`] : [])),
  ).toEqual([
    'listTrees: list trees',
    'plantTree: create ',
    'readTree: read ',
    'fellTree: delete ',
    'pruneTree: update ',
  ]);
});

test('what was derived is written as keywords, and graded as inferred', () => {
  const at = (pointer: string) => getPointer(contract.document, pointer);
  expect(at('/components/x-resources')).toEqual({ tree: { key: 'id', derived: true } });
  expect(at('/paths/~1trees~1{tree_id}~1/get/x-effect')).toEqual({ read: 'tree', of: { tree: 'tree_id' } });
  expect(at('/components/schemas/Tree/properties/id/x-value')).toEqual({ id: '{digit:8}' });
  expect(at('/components/schemas/Tree/properties/createdAt/x-value')).toBe('created-at');
  expect(contract.evidenceAt('/paths/~1trees~1{tree_id}~1/get/x-effect').grade).toBe('inferred');
});

test('it is derived once, and the document stays as it was', () => {
  expect(withDerivedState(contract)).toEqual({ contract, resources });
  expect(JSON.stringify(orchard)).not.toContain('x-');
});

test('a document with keywords of its own says what it stores', () => {
  const own = readContract({
    ...orchard,
    components: { 'x-resources': { leaf: { key: 'id' } }, ...Object(orchard.components) },
  });
  expect(withDerivedState(own).contract).toBe(own);
});
