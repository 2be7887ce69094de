import { isIP } from 'node:net';
import type { PlainRequest } from '../exchange.js';

/** The names of this machine for itself. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Why a request may not reach the control API; undefined if it may. Without these checks, a page in a browser of this
 * machine could reach it: through a name that resolves to this machine (DNS rebinding), or by a request that the browser
 * sends for another site.
 *
 * @param hosts - names besides those of loopback under which other machines may call it too
 */
export function gateRefusal({ headers, isRemote }: PlainRequest, hosts: ReadonlySet<string>): string | undefined {
  const host = headers.host?.toLowerCase();
  const name = host === undefined ? undefined : host.replace(/:\d+$/, '');
  // A page cannot get an address as its host without being served from there.
  if (name !== undefined && !LOOPBACK.has(name) && !isAddress(name) && !hosts.has(name))
    return `the host "${host}" may not use the control API; call it at localhost, or allow the host with --control-host`;
  if (isRemote === true && (name === undefined || !hosts.has(name)))
    return 'the control API serves this machine only; allow the host name that others use with --control-host';
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined && hostOf(origin) !== host)
    return `a page of "${origin}" cannot use the control API; serve the page from the tenant`;
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return 'a page of another site cannot use the control API; serve the page from the tenant';
  return undefined;
}

function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
