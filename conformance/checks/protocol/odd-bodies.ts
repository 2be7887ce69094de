import type { Contract, Operation } from '../../../contract/contract.js';
import { weaker } from '../../../contract/evidence.js';
import { isDerived } from '../../../contract/is-derived.js';
import { SchemaValidator } from '../../../contract/schema/schema-validator.js';
import type { Check, CheckContext } from '../../check.js';
import { mayMeanAny } from '../../lookup/resource-operations.js';
import { buildRequest, type PlannedRequest } from '../../target/request.js';
import { parseJson } from '../../target/target.js';
import { generalRule, isInvalid, refusalFor } from '../../trial/expected-refusal.js';
import { refusalTrial } from '../../trial/refusal-trial.js';

/** A way to corrupt a serialized body. */
interface Corruption {
  /** As a clause. */
  readonly because: string;
  corrupt(body: string): { readonly body: string; readonly type?: string };
  /** A lenient server may accept it: then the response must only be documented. */
  readonly lenient?: boolean;
}

const CORRUPTIONS: readonly Corruption[] = [
  { because: 'the body is empty', corrupt: () => ({ body: '' }) },
  { because: 'the body is truncated', corrupt: (body) => ({ body: body.slice(0, Math.ceil(body.length / 2)) }) },
  { because: 'the body is not JSON', corrupt: () => ({ body: 'name=value' }) },
  { because: 'the body is in single quotes', corrupt: (body) => ({ body: body.replaceAll('"', "'") }) },
  { because: 'the body has trailing text', corrupt: (body) => ({ body: `${body}}` }) },
  { because: 'the body is sent as text/plain', corrupt: (body) => ({ body, type: 'text/plain' }), lenient: true },
  { because: 'the body is sent as XML', corrupt: (body) => ({ body, type: 'application/xml' }), lenient: true },
  { because: 'the body is deeply nested', corrupt: () => ({ body: '['.repeat(2000) + ']'.repeat(2000) }) },
  { because: 'the body has 300 kB', corrupt: () => ({ body: JSON.stringify({ unexpected: 'a'.repeat(300_000) }) }) },
];

/** Whether the schema of an operation allows a body, odd as it is: nothing, or an unexpected property. */
function acceptance({ requestBody }: Operation, contract: Contract): (body: string) => boolean {
  const schema = requestBody?.content.find(({ type }) => type.endsWith('json'))?.schema ?? {};
  const validator = SchemaValidator.of(contract, { allErrors: false, direction: 'request' });
  return (body) => {
    if (body === '') return requestBody?.required === false || validator.fits(schema, null);
    const { json } = parseJson(body);
    return json !== undefined && validator.fits(schema, json);
  };
}

function mayMeanMore(operation: Operation, contract: Contract): boolean {
  const { kind, target } = operation.effect ?? {};
  return mayMeanAny(operation, contract) || (kind === 'create' && isDerived(contract, target));
}

export const oddBodies: Check = {
  id: 'odd-bodies',
  family: 'protocol',
  title: 'A malformed body is refused',
  description:
    'Sends bodies that are empty, truncated, not JSON, deeply nested, large, or of another content type. Each must be ' +
    'refused as documented, without a server error, and change nothing. A valid body whose content type has a parameter must ' +
    'not be refused for that.',
  appliesTo: 'operations with a JSON body',
  applies: (operation) => operation.requestBody?.content.some(({ type }) => type.endsWith('json')) === true,
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : CORRUPTIONS.length * 2 + 1),
  async run(operation, context) {
    if (operation.effect?.on === 'hook' && context.tokens.metered) {
      context.skip('Provider-specific operations are rate-limited here.', 'budget');
    }
    const values = await context.fixtures.valid(operation);
    const trial = refusalTrial(context, values);
    const whole = buildRequest(operation, values);
    const isFine = acceptance(operation, context.contract);
    for (const { because, corrupt, lenient } of CORRUPTIONS) {
      const { body, type } = corrupt(whole.body ?? '{}');
      if (body === whole.body && type === undefined) continue;
      // Valid, and without a name: it may mean any item, or create one that nobody recognizes.
      if (type === undefined && isFine(body) && mayMeanMore(operation, context.contract)) continue;
      const request: PlannedRequest = {
        ...whole,
        headers: { ...whole.headers, 'content-type': type ?? 'application/json' },
        body,
      };
      const expected =
        lenient || isFine(body) ? ({ kind: 'documented' } as const) : refusalFor(operation, isInvalid('body'), because);
      const { exchange, violations } = await trial.refused(request, expected);
      // A server may check the size and the content type before it reads the body.
      const isTransport = exchange.response.status === 413 || exchange.response.status === 415;
      if (!isTransport) context.report(...violations);
    }
    await sendWithParameter(whole, context);
  },
};

/** RFC 9110, section 8.3.1: a media type may have parameters; many clients send this one. */
async function sendWithParameter(whole: PlannedRequest, context: CheckContext): Promise<void> {
  const headers = { ...whole.headers, 'content-type': 'application/json; charset=utf-8' };
  const exchange = await context.send({ ...whole, headers });
  if (exchange.response.status !== 415) return;
  const violations = context.judge(exchange, { kind: 'success' });
  const evidence = generalRule('RFC 9110, section 8.3.1: a media type may have parameters');
  context.report(...violations.map((each) => ({ ...each, evidence: weaker(each.evidence, evidence) })));
}
