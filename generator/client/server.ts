import type { Contract, Json } from '../../spec/contract/contract.js';
import { objectOr } from '../../spec/contract/source.js';

/** What the client has to know of the server as a whole. */
export interface ServerFacts {
  /** The path of the audience, after the root. */
  readonly audience?: string;
  /** Where a client's credentials are exchanged for a token, after the root, or a whole URL elsewhere. */
  readonly tokenUrl?: string;
  /** The header with the second in which a rate limit is over. */
  readonly resetHeader?: string;
}

export function planServer(contract: Contract): ServerFacts {
  const tokenUrl = tokenUrlOf(contract);
  const resetHeader = contract.rateLimit?.headers.reset;
  return {
    ...(tokenUrl && { audience: `${contract.serverPath}/`, tokenUrl }),
    ...(resetHeader && { resetHeader }),
  };
}

/** That of the first security scheme with the client credentials flow. At the first server's own host it loses the host. */
function tokenUrlOf({ document }: Contract): string | undefined {
  const components = objectOr(document.components);
  for (const scheme of Object.values(objectOr(components.securitySchemes))) {
    const { tokenUrl } = objectOr(objectOr(objectOr(scheme).flows).clientCredentials);
    if (typeof tokenUrl !== 'string') continue;
    const { origin, pathname, search } = new URL(tokenUrl, serverUrl(document.servers));
    return origin === new URL(serverUrl(document.servers)).origin ? pathname + search : origin + pathname + search;
  }
  return undefined;
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
