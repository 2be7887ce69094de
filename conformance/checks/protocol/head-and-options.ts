import type { Check } from '../../check.js';
import { excerpt } from '../../judge/safety.js';
import { isWebPage } from '../../judge/web-page.js';
import { responseFor } from '../../lookup/response-for.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest, undocumented } from '../../target/request.js';
import { generalRule } from '../../trial/expected-refusal.js';

export const headAndOptions: Check = {
  id: 'head-and-options',
  family: 'protocol',
  title: 'HEAD and OPTIONS are answered properly',
  description:
    'Sends HEAD and OPTIONS to the paths of read operations. A response to HEAD must not have a body, and neither may be ' +
    'a server error. Where HEAD is answered with a token, it must be refused without one.',
  appliesTo: 'GET operations',
  applies: (operation) => operation.method === 'GET',
  requests: ({ security }, _contract, depth) => (depth === 'smoke' ? 0 : security.length > 0 ? 3 : 2),
  async run(operation, context) {
    const request = undocumented(buildRequest(operation, await context.fixtures.valid(operation)));
    const head = await context.send({ ...request, method: 'HEAD' });
    // HEAD is answered as GET is, which some documents show with server errors alone.
    if (responseFor(operation, head.response.status) === undefined)
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
    if (succeeded(head) && isWebPage(head, operation)) {
      context.report({
        cause: 'a web page answers HEAD',
        expected: 'the status and headers of the answer to GET, or 405 or 501',
        actual: `${head.response.status} with Content-Type ${head.response.headers['content-type']}`,
        evidence: generalRule('RFC 9110, section 9.3.2: HEAD is answered as GET is'),
        exchange: head,
      });
    } else if (succeeded(head) && operation.security.length > 0) {
      const open = await context.send({ ...request, method: 'HEAD' }, { token: null });
      // A refusal with the status of a success shows in a body alone, which HEAD does not have.
      if (succeeded(open) && (await context.send(request, { token: null })).refusedInBody !== true) {
        context.report({
          cause: 'HEAD needs no token',
          expected: 'a refusal: there is no token',
          actual: String(open.response.status),
          evidence: generalRule('RFC 9110, section 9.3.2: HEAD is answered as GET is'),
          exchange: open,
        });
      }
    }
    const options = await context.send({ ...request, method: 'OPTIONS' });
    context.report(...context.judge(options, { kind: 'documented' }));
  },
};
