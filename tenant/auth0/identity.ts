/** The issuer and the audience of the tenant's tokens. Both follow from the address of the tenant. */
export interface Identity {
  /** Without a trailing slash. */
  url: string;
  /** The audience of the management API, with a trailing slash. */
  audience: string;
}

/** @param serverPath the server path of the contract, without a trailing slash */
export function identityAt(url: string, serverPath: string): Identity {
  const root = url.replace(/\/+$/, '');
  return { url: root, audience: `${root}${serverPath}/` };
}
