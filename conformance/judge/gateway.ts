import type { Violation } from '../finding.js';
import type { Exchange } from '../target/exchange.js';
import { gatewayOf } from '../target/gateway-page.js';

/** Requests that gateways answer themselves, and the setting that lets them through. */
const UNUSUAL: readonly {
  readonly is: (exchange: Exchange) => boolean;
  readonly what: string;
  readonly setting: string;
}[] = [
  {
    is: ({ request }) => /%2f|%5c/i.test(request.path),
    what: 'an encoded slash in the path',
    setting: 'AllowEncodedSlashes NoDecode (Apache), or proxy_pass without a path (nginx)',
  },
  {
    is: ({ request }) => /%00/.test(request.path),
    what: 'a null byte in the path',
    setting: 'none: gateways refuse it',
  },
  {
    is: ({ request }) => /\/\.{0,2}(\/|\?|$)|%2e/i.test(request.path),
    what: 'dots or an empty segment in the path',
    setting: 'merge_slashes off and proxy_pass without a path (nginx)',
  },
  {
    is: ({ request }) => request.path.length > LONG,
    what: 'a long path',
    setting: 'large_client_header_buffers (nginx), or LimitRequestLine (Apache)',
  },
  {
    is: ({ authorization, request }) =>
      (authorization ?? '').length + Object.values(request.headers).join('').length > LONG,
    what: 'long headers',
    setting: 'large_client_header_buffers (nginx), or LimitRequestFieldSize (Apache)',
  },
  {
    is: ({ request }) => (request.body ?? '').length > LARGE,
    what: 'a large body',
    setting: 'client_max_body_size (nginx), or LimitRequestBody (Apache)',
  },
  {
    is: ({ request }) => !['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'].includes(request.method),
    what: 'an unusual method',
    setting: 'the allowed methods',
  },
];

/** Gateways limit lines and headers to about 8 kB, and bodies often to 1 MB. */
const LONG = 4000;
const LARGE = 900_000;

/**
 * An observation where software in front of the service refused an unusual request with a page of its own: nothing can be
 * said about the service. Absent: the answer is the service's.
 */
export function judgeGateway(exchange: Exchange): Violation | undefined {
  const gateway = gatewayOf(exchange.response);
  const unusual = UNUSUAL.find(({ is }) => is(exchange));
  if (gateway === undefined || unusual === undefined) return undefined;
  return {
    code: 'GATEWAY',
    cause: `${gateway} refuses ${unusual.what}`,
    expected: `the answer of the service; setting to look at: ${unusual.setting}`,
    actual: `${exchange.response.status} with an HTML page of ${gateway}`,
    evidence: { grade: 'unknown', source: 'the request did not reach the service' },
    exchange,
  };
}
