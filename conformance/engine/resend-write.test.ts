import { expect, test } from 'vitest';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { orchard } from '../../contract/derive/test-support/orchard.js';
import { readContract } from '../../contract/read/read.js';
import { CreatedResources } from '../fixtures/created-resources.js';
import { Effects } from '../lookup/effects.js';
import { NoAnswer } from '../session/no-answer.js';
import { TargetFailure } from '../target/target.js';
import { resendWrite } from './resend-write.js';

const { contract } = withDerivedState(readContract(orchard));

test.each([
  ['that nothing documents', 409],
  ['of which the document names no cause', 404],
])('a write that is sent again after its answer was lost may have caused a refusal %s', async (_, status) => {
  const operation = contract.operations.find(({ id }) => id === 'fellTree');
  const request = { method: 'DELETE', path: '/trees/7/', headers: {}, ...(operation && { operation }) };
  const exchange = { request, response: { status, headers: {}, text: '' }, durationMs: 1 };
  const lost = new NoAnswer(exchange, new TargetFailure('reset', 'socket hang up'), undefined);
  const sent = resendWrite(lost, {
    contract,
    effects: new Effects(contract),
    created: new CreatedResources(() => undefined),
    isShared: false,
    recovers: async () => true,
    again: async () => exchange,
    send: async () => exchange,
  });
  await expect(sent).rejects.toMatchObject({ failure: { kind: 'reset' }, answersAgain: true });
});

test('what was there before a write whose answer was lost is not removed', async () => {
  const text = 'Apple rc00000000a-0001';
  const operation = contract.operations.find(({ effect }) => effect?.kind === 'create' && effect.target === 'tree');
  const request = { method: 'POST', path: '/trees/', headers: {}, ...(operation && { operation }) };
  const exchange = { request, response: { status: 201, headers: {}, text: '' }, durationMs: 1 };
  const created = new CreatedResources(() => undefined);
  created.foundThere('tree', ['7']);
  const sent: string[] = [];
  await resendWrite(new NoAnswer(exchange, new TargetFailure('reset', 'socket hang up'), undefined), {
    contract,
    effects: new Effects(contract),
    created,
    suspect: { resource: 'tree', text },
    isShared: false,
    recovers: async () => true,
    again: async () => exchange,
    send: async (each) => {
      sent.push(`${each.method} ${each.path}`);
      const trees = [7, 8].map((id) => ({ id, kind: text }));
      return { ...exchange, request: each, response: { status: 200, headers: {}, text: '', json: trees } };
    },
  });
  expect(sent.filter((line) => line.startsWith('DELETE'))).toEqual(['DELETE /trees/8/']);
});
