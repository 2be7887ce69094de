import type { Check } from '../../check.js';
import { excerpt } from '../../judge/safety.js';
import { buildRequest } from '../../target/request.js';
import { generalRule } from '../../trial/expected-refusal.js';

export const headAndOptions: Check = {
  id: 'head-and-options',
  family: 'protocol',
  title: 'HEAD and OPTIONS are answered properly',
  description:
    'Sends HEAD and OPTIONS to the paths of read operations. A response to HEAD must not have a body, and neither may be ' +
    'a server error.',
  appliesTo: 'GET operations',
  applies: (operation) => operation.method === 'GET',
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 2),
  async run(operation, context) {
    const {
      values: _values,
      operation: _operation,
      ...request
    } = buildRequest(operation, await context.fixtures.valid(operation));
    const head = await context.send({ ...request, method: 'HEAD' });
    context.report(...context.judge(head, { kind: 'documented' }));
    if (head.response.text !== '') {
      context.report({
        cause: 'a response to HEAD has a body',
        expected: 'no body',
        actual: excerpt(head.response.text),
        evidence: generalRule('RFC 9110, section 9.3.2'),
        exchange: head,
      });
    }
    const options = await context.send({ ...request, method: 'OPTIONS' });
    context.report(...context.judge(options, { kind: 'documented' }));
  },
};
