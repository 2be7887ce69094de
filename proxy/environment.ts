import { type TrustFiles, trustVariables } from '../tenant/cli/trust.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ProxiedTarget {
  /** Where the proxy listens. */
  readonly url: string;
  /** The audience of tokens for the target, unless the caller names another. */
  readonly audience: string;
  /** With `--tls`: what makes clients trust the proxy. */
  readonly trust?: TrustFiles;
}

/** The environment of a command whose requests go through the proxy: that of the caller, with the proxy as target. */
export function proxyEnvironment({ url, audience, trust }: ProxiedTarget, environment: Environment): Environment {
  const named = environment.ROLECALL_AUDIENCE || environment.AUTH0_AUDIENCE || audience;
  return {
    ...environment,
    AUTH0_DOMAIN: new URL(url).host,
    AUTH0_AUDIENCE: named,
    ROLECALL_URL: url,
    ROLECALL_AUDIENCE: named,
    ...(trust === undefined ? {} : trustVariables(trust, environment)),
  };
}
