import type { Check } from '../../check.js';
import { buildRequest, type PlannedRequest } from '../../target/request.js';
import { isInvalid, refusalFor } from '../../trial/expected-refusal.js';
import { refusalTrial } from '../../trial/refusal-trial.js';

/** A way to spoil how a body is written, and whether a server may take it all the same. */
interface Spoiling {
  readonly what: string;
  spoil(body: string): { readonly body: string; readonly type?: string };
  /** A lenient server may read it: then the answer must only be documented. */
  readonly lenient?: boolean;
}

const SPOILINGS: readonly Spoiling[] = [
  { what: 'an empty body', spoil: () => ({ body: '' }) },
  { what: 'a body that breaks off', spoil: (body) => ({ body: body.slice(0, Math.ceil(body.length / 2)) }) },
  { what: 'a body that is no JSON', spoil: () => ({ body: 'name=value' }) },
  { what: 'a body in single quotes', spoil: (body) => ({ body: body.replaceAll('"', "'") }) },
  { what: 'a body with something after it', spoil: (body) => ({ body: `${body}}` }) },
  { what: 'a body of another type', spoil: (body) => ({ body, type: 'text/plain' }), lenient: true },
  { what: 'a body that says it is XML', spoil: (body) => ({ body, type: 'application/xml' }), lenient: true },
  { what: 'a body that is deeply nested', spoil: () => ({ body: '['.repeat(2000) + ']'.repeat(2000) }) },
  { what: 'a body of 300 kB', spoil: () => ({ body: JSON.stringify({ unexpected: 'a'.repeat(300_000) }) }) },
];

export const oddBodies: Check = {
  id: 'odd-bodies',
  family: 'protocol',
  title: 'A body that cannot be read is refused',
  description:
    'Sends bodies that are empty, break off, are no JSON, are nested or large, or say that they are of another type. Each ' +
    'must be refused as documented, without a server error, and nothing changes.',
  applies: (operation) => operation.requestBody?.content.some(({ type }) => type.endsWith('json')) === true,
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : SPOILINGS.length * 2),
  async run(operation, context) {
    if (operation.effect?.on === 'hook' && context.tokens.metered) {
      context.skip('What only this provider has is metered at this target.', 'budget');
    }
    const values = await context.fixtures.valid(operation);
    const trial = refusalTrial(context, values);
    const whole = buildRequest(operation, values);
    for (const { what, spoil, lenient } of SPOILINGS) {
      const { body, type } = spoil(whole.body ?? '{}');
      const request: PlannedRequest = {
        ...whole,
        headers: { ...whole.headers, 'content-type': type ?? 'application/json' },
        body,
      };
      const expected = lenient ? ({ kind: 'documented' } as const) : refusalFor(operation, isInvalid('body'), what);
      const { exchange, violations } = await trial.refused(request, expected);
      // Where the size of a body or its type is refused before it is read, these say so.
      const isTransport = exchange.response.status === 413 || exchange.response.status === 415;
      if (!isTransport) context.report(...violations);
    }
  },
};
