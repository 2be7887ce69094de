/** Who issues the tenant's tokens and for whom: follows the address at which the tenant is reached. */
export interface Identity {
  /** Without a slash at the end. */
  url: string;
  /** The audience of the management API, with its slash. */
  audience: string;
}

/** @param serverPath the contract's, without a slash at the end */
export function identityAt(url: string, serverPath: string): Identity {
  const root = url.replace(/\/+$/, '');
  return { url: root, audience: `${root}${serverPath}/` };
}
