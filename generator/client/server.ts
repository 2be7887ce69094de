import type { Contract, Json, JsonObject, Operation } from '../../contract/contract.js';
import { listOr, objectOr } from '../../contract/json/json-value.js';
import { getPointer } from '../../contract/pointer.js';
import { serverUrl } from '../../contract/read/server-url.js';
import { securitySchemeNames, securitySchemeOf } from '../../contract/security-schemes.js';
import { type SentScheme, sentSchemes } from './credentials.js';

/** What the client needs to know about the server as a whole. */
export interface ServerFacts {
  /** The audience of tokens, without the root. */
  readonly audience: string;
  /** Where credentials are exchanged for a token: relative to the root, or a whole URL. Empty if there is none. */
  readonly tokenUrl: string;
  /** The header with the size of the rate limit's token bucket. */
  readonly limitHeader?: string;
  /** The header with the Unix second at which the bucket is full again. */
  readonly resetHeader?: string;
  /** The security schemes whose credentials the client sends, apart from tokens. */
  readonly schemes: readonly SentScheme[];
}

export function planServer(contract: Contract): ServerFacts {
  const { limit, reset } = contract.rateLimit?.headers ?? {};
  return {
    audience: `${contract.serverPath}/`,
    tokenUrl: tokenUrlOf(contract),
    ...(limit && { limitHeader: limit }),
    ...(reset && { resetHeader: reset }),
    schemes: sentSchemes(contract),
  };
}

/** The token URL of the first client credentials flow, relative if it is on the host of the first server. */
function tokenUrlOf(contract: Contract): string {
  const { document } = contract;
  for (const name of securitySchemeNames(contract)) {
    const { flows } = securitySchemeOf(contract, name);
    const { tokenUrl } = objectOr(objectOr(flows).clientCredentials);
    if (typeof tokenUrl !== 'string') continue;
    const server = firstUrl(document.servers);
    const filled = fillVariables(tokenUrl, objectOr(listOr(document.servers)[0]));
    // A variable without a default could be any host: rather send no credentials than send them anywhere.
    if (/[{}]/.test(filled) || !URL.canParse(filled, server)) continue;
    const { origin, pathname, search } = new URL(filled, server);
    return origin === new URL(server).origin ? pathname.slice(1) + search : origin + pathname + search;
  }
  return '';
}

/** The first server. A relative one gets a host that cannot exist. The loader has rejected invalid URLs. */
function firstUrl(servers: Json | undefined): string {
  const found = serverUrl({ url: '/', ...objectOr(listOr(servers)[0]) });
  return 'url' in found ? found.url.href : noHost;
}

const noHost = 'https://server.invalid';

/** Replaces variables by their defaults. */
function fillVariables(url: string, { variables }: JsonObject): string {
  return url.replace(/\{(.+?)\}/g, (whole, name: string) =>
    String(objectOr(objectOr(variables)[name]).default ?? whole),
  );
}

/**
 * The server of an operation if it is on another host than the contract's first server.
 */
export function otherServer({ document }: Contract, { pointer }: Operation): string | undefined {
  const item = pointer.slice(0, pointer.lastIndexOf('/'));
  const own = [pointer, item].map((place) => objectOr(getPointer(document, place)).servers).find(Array.isArray);
  if (own === undefined) return undefined;
  const url = firstUrl(own);
  const { origin } = new URL(url);
  return origin === noHost || origin === new URL(firstUrl(document.servers)).origin ? undefined : url;
}

/** A sentence or two for an operation on another host; empty for all others. */
export function otherServerInWords(contract: Contract, operation: Operation): string {
  const url = otherServer(contract, operation);
  return url === undefined
    ? ''
    : `This operation is on another server, \`${url}\`. A client sends all requests, including its token, to its own \`baseUrl\`: create a separate client with that server's \`baseUrl\` for this operation.`;
}
