import type { Response } from '../../contract/contract.js';
import { isJson } from '../../contract/http/media-type.js';
import { decodeSegment } from '../../contract/http/percent-encoding.js';
import type { Violation } from '../finding/finding.js';
import type { Exchange } from '../target/exchange.js';
import { gatewayOf } from '../target/gateway-page.js';
import type { PlannedRequest } from '../target/request.js';

/** A request that gateways answer themselves, and the setting that lets it through. */
interface Unusual {
  readonly is: (exchange: Exchange) => boolean;
  readonly what: string;
  readonly setting: string;
}

/** Paths that routers read as others. */
const UNUSUAL_PATHS: readonly Unusual[] = [
  {
    is: ({ request }) => /%2f|%5c/i.test(pathOf(request)),
    what: 'an encoded slash in the path',
    setting: 'AllowEncodedSlashes NoDecode (Apache), or proxy_pass without a path (nginx)',
  },
  {
    is: ({ request }) => /%00/.test(pathOf(request)),
    what: 'a null byte in the path',
    setting: 'none: gateways refuse it',
  },
  {
    is: ({ request }) => /\/\.{0,2}\/|\/\.{1,2}$|%2e/i.test(pathOf(request)) || hasEmptyEnd(request),
    what: 'dots or an empty segment in the path',
    setting: 'merge_slashes off and proxy_pass without a path (nginx)',
  },
];

const UNUSUAL: readonly Unusual[] = [
  ...UNUSUAL_PATHS,
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

function pathOf({ path }: PlannedRequest): string {
  return path.split('?')[0] ?? path;
}

/** Whether the last parameter of the path is empty: the path of the operation does not end with a slash. */
function hasEmptyEnd(request: PlannedRequest): boolean {
  return pathOf(request).endsWith('/') && request.operation?.path.endsWith('/') === false;
}

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

/**
 * An observation where the router of a framework, or software in front of it, redirects an unusual path to the plain one
 * that it takes it for: the id did not reach the operation. Absent: no redirect, or one to somewhere else.
 */
export function judgeRedirect(exchange: Exchange): Violation | undefined {
  const { request, response } = exchange;
  const unusual = UNUSUAL_PATHS.find(({ is }) => is(exchange));
  const target = unusual === undefined ? undefined : redirectedTo(exchange);
  const path = pathOf(request);
  // The target may have a path of its own in front of the path of the request.
  if (unusual === undefined || target === undefined || target.endsWith(path)) return undefined;
  if (!plainPath(target).endsWith(plainPath(path))) return undefined;
  return {
    code: 'GATEWAY',
    cause: `a router redirects ${unusual.what}`,
    expected: 'the answer of the operation; a router that redirects no path to another spelling',
    actual: `${response.status} to ${target}`,
    evidence: { grade: 'unknown', source: 'the request did not reach the operation' },
    exchange,
  };
}

/**
 * An observation where a router reads an unusual path as one that it does not have, and says so in its own way: the
 * contract has its not-found answers in JSON, of another shape. Of a usual path such an answer is judged.
 */
export function judgeRouter(
  exchange: Exchange,
  { content }: Pick<Response, 'content'>,
  isWrongShape: boolean,
): Violation | undefined {
  const { response } = exchange;
  const unusual = UNUSUAL_PATHS.find(({ is }) => is(exchange));
  const isOwnText = response.status === 404 && response.text !== '' && (response.json === undefined || isWrongShape);
  if (unusual === undefined || !isOwnText || !content.some(({ type }) => isJson(type))) return undefined;
  return {
    code: 'GATEWAY',
    cause: `a router finds nothing for ${unusual.what}`,
    expected: 'the answer of the operation; a router that takes the path as it was sent',
    actual: `404 with ${response.headers['content-type'] ?? 'no Content-Type'}`,
    evidence: { grade: 'unknown', source: 'the request did not reach the operation' },
    exchange,
  };
}

/** The path to which an answer redirects, which may be relative to that of its request. */
function redirectedTo({ request, response }: Exchange): string | undefined {
  const { status, headers } = response;
  if (status < 300 || status > 399 || headers.location === undefined) return undefined;
  const from = `http://localhost${pathOf(request)}`;
  return URL.canParse(headers.location, from) ? new URL(headers.location, from).pathname : undefined;
}

/** A path as routers read it: they drop empty segments and dots, and some decode it once more in what they redirect to. */
function plainPath(path: string): string {
  const segments: string[] = [];
  for (const segment of decoded(path).split(/[/\\]+/)) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

/** Without any percent-encoding. */
function decoded(text: string): string {
  const once = text.replace(/(%[\da-f]{2})+/gi, (escaped) => decodeSegment(escaped) ?? escaped);
  return once === text ? text : decoded(once);
}
