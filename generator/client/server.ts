import type { Contract, Json, JsonObject, Operation } from '../../contract/contract.js';
import { objectOr } from '../../contract/load/source.js';
import { getPointer } from '../../contract/pointer.js';
import { serverUrl } from '../../contract/read/server-url.js';

/** What the client has to know of the server as a whole. */
export interface ServerFacts {
  /** What the audience has after the root. */
  readonly audience: string;
  /** Where a client's credentials are exchanged for a token: relative to the root, or a whole URL; empty: nowhere. */
  readonly tokenUrl: string;
  /** The header with the second in which a rate limit is over. */
  readonly resetHeader?: string;
}

export function planServer(contract: Contract): ServerFacts {
  const resetHeader = contract.rateLimit?.headers.reset;
  return {
    audience: `${contract.serverPath}/`,
    tokenUrl: tokenUrlOf(contract),
    ...(resetHeader && { resetHeader }),
  };
}

/** That of the first security scheme with the client credentials flow. At the first server's own host it loses the host. */
function tokenUrlOf({ document }: Contract): string {
  const components = objectOr(document.components);
  for (const scheme of Object.values(objectOr(components.securitySchemes))) {
    const { tokenUrl } = objectOr(objectOr(objectOr(scheme).flows).clientCredentials);
    if (typeof tokenUrl !== 'string') continue;
    const server = firstUrl(document.servers);
    const filled = fillVariables(tokenUrl, firstOf(document.servers));
    // Nobody knows whose host a variable without a default is: better no credentials than credentials to anybody.
    if (/[{}]/.test(filled) || !URL.canParse(filled, server)) continue;
    const { origin, pathname, search } = new URL(filled, server);
    return origin === new URL(server).origin ? pathname.slice(1) + search : origin + pathname + search;
  }
  return '';
}

/** The first server; a relative one stands at a host that nobody has. Loading has refused what is no address. */
function firstUrl(servers: Json | undefined): string {
  const found = serverUrl({ url: '/', ...firstOf(servers) });
  return 'url' in found ? found.url.href : nowhere;
}

const nowhere = 'https://server.invalid';

function firstOf(servers: Json | undefined): JsonObject {
  return objectOr(Array.isArray(servers) ? servers[0] : undefined);
}

/** Variables that have a default are filled by it. */
function fillVariables(url: string, { variables }: JsonObject): string {
  return url.replace(/\{(.+?)\}/g, (whole, name: string) =>
    String(objectOr(objectOr(variables)[name]).default ?? whole),
  );
}

/**
 * Where an operation is that has a server of its own at another host than the contract's first server; nothing where it
 * is at the same.
 */
export function otherServer({ document }: Contract, { pointer }: Operation): string | undefined {
  const item = pointer.slice(0, pointer.lastIndexOf('/'));
  const own = [pointer, item].map((place) => objectOr(getPointer(document, place)).servers).find(Array.isArray);
  if (own === undefined) return undefined;
  const url = firstUrl(own);
  const { origin } = new URL(url);
  return origin === nowhere || origin === new URL(firstUrl(document.servers)).origin ? undefined : url;
}

/** A sentence or two for an operation at another host; empty for all others. */
export function otherServerInWords(contract: Contract, operation: Operation): string {
  const url = otherServer(contract, operation);
  return url === undefined
    ? ''
    : `It is at another server, \`${url}\`. A client sends all that it sends, its token too, to its own \`baseUrl\`: make one with that server's for this operation.`;
}
