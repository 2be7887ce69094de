import type { Operation } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import { excerpt } from '../../judge/safety.js';
import { isWebPage } from '../../judge/web-page.js';
import { responseFor } from '../../lookup/response-for.js';
import { type Exchange, refused, succeeded } from '../../target/exchange.js';
import { buildRequest, undocumented } from '../../target/request.js';
import { generalRule } from '../../trial/expected-refusal.js';

export const headAndOptions: Check = {
  id: 'head-and-options',
  family: 'protocol',
  title: 'HEAD and OPTIONS are answered properly',
  description:
    'Sends HEAD and OPTIONS to the paths of read operations. A response to HEAD must not have a body, and neither may be ' +
    'a server error. Where HEAD is answered with a token, it must be refused without one, and must not find what GET does ' +
    'not find. OPTIONS must not show without a token what GET shows.',
  appliesTo: 'GET operations',
  applies: (operation) => operation.method === 'GET',
  requests: (operation, _contract, depth) => {
    if (depth === 'smoke') return 0;
    return (operation.security.length > 0 ? 3 : 2) + (innermostSide(operation) === undefined ? 0 : 1);
  },
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
    if (succeeded(head)) await tryUnknown(context);
    const options = await context.send({ ...request, method: 'OPTIONS' });
    context.report(...context.judge(options, { kind: 'documented' }));
    if (succeeded(options) && operation.security.length > 0) await tryOpenOptions(options, context);
  },
};

/** The side at the end of the path of a read; absent where it reads nothing that a path names. */
function innermostSide({ effect }: Operation): string | undefined {
  return effect?.kind === 'read' && effect.on === 'resource' && effect.target in effect.of ? effect.target : undefined;
}

/** What GET does not find, HEAD must not find either. */
async function tryUnknown(context: CheckContext): Promise<void> {
  const { operation, fixtures } = context;
  const side = innermostSide(operation);
  if (side === undefined) return;
  const values = await fixtures.valid(operation);
  const { id } = await fixtures.unknown(side);
  const path = { ...values.path, [operation.effect?.of[side] ?? '']: id };
  const request = undocumented(buildRequest(operation, { ...values, path }));
  const head = await context.send({ ...request, method: 'HEAD' });
  if (!succeeded(head) || isWebPage(head, operation)) return;
  const get = await context.send(request);
  // A refusal with the status of a success shows in a body alone, which HEAD does not have.
  if (!refused(get) || get.refusedInBody === true) return;
  context.report({
    cause: 'HEAD finds what GET does not',
    expected: `status ${get.response.status}, as for GET`,
    actual: String(head.response.status),
    evidence: generalRule('RFC 9110, section 9.3.2: HEAD is answered as GET is'),
    exchange: head,
    before: [get],
  });
}

/** Without a token, OPTIONS must not show what GET shows with one. */
async function tryOpenOptions(options: Exchange, context: CheckContext): Promise<void> {
  if (!hasEntries(options)) return;
  const open = await context.send(options.request, { token: null });
  const get = await context.send({ ...options.request, method: 'GET' });
  if (!succeeded(open) || !succeeded(get) || !hasEntries(open) || open.response.text !== get.response.text) return;
  context.report({
    cause: 'OPTIONS shows without a token what GET shows with one',
    expected: 'the methods of the path, or a refusal',
    actual: excerpt(open.response.text),
    evidence: generalRule('RFC 9110, section 9.3.7: OPTIONS describes the communication options'),
    exchange: open,
    before: [get],
  });
}

function hasEntries({ response: { json } }: Exchange): boolean {
  return Array.isArray(json) ? json.length > 0 : isObject(json) && Object.keys(json).length > 0;
}
