import type { Contract, Json } from '../../spec/contract/contract.js';
import { objectOr } from '../../spec/contract/source.js';

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
    const { origin, pathname, search } = new URL(tokenUrl, serverUrl(document.servers));
    return origin === new URL(serverUrl(document.servers)).origin
      ? pathname.slice(1) + search
      : origin + pathname + search;
  }
  return '';
}

/** The first server, its variables filled by their defaults; a relative one stands at a host that nobody has. */
function serverUrl(servers: Json | undefined): string {
  const server = objectOr(Array.isArray(servers) ? servers[0] : undefined);
  const variables = objectOr(server.variables);
  const url = String(server.url ?? '/').replace(/\{(.+?)\}/g, (_, name: string) =>
    String(objectOr(variables[name]).default ?? name),
  );
  return new URL(url, 'https://server.invalid').href;
}
