import type { Contract } from '../../contract/contract.js';
import { withoutUser } from '../../contract/without-user.js';
import { RunError } from '../errors.js';

/** A host with a port or a dot, and perhaps a path. */
const WITHOUT_SCHEME = /^(localhost|[\w-]+(\.[\w-]+)+|[\w.-]+:\d+)(\/[\w./-]*)?$/;

/** What options name, and no host: a document or a report. */
const FILE = /\.(json|ya?ml)$/i;

/** Reads the URL of a target. @throws RunError unless it is scheme, host and path */
export function readTargetUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const root = "a tenant's root, such as https://travel0.eu.auth0.com or http://127.0.0.1:4000";
    const expected = FILE.test(text)
      ? `${root} (a document goes after --spec; --json takes no file and prints on stdout)`
      : WITHOUT_SCHEME.test(text)
        ? `a scheme before it: http://${text} or https://${text}`
        : root;
    throw new RunError('BAD_OPTION', `invalid URL "${withoutUser(text)}"; expected ${expected}.`);
  }
  if (url.username !== '' || url.search !== '' || url.hash !== '')
    throw new RunError(
      'BAD_OPTION',
      `invalid URL of "${url.host}"; expected scheme, host and path, without user, query or fragment.`,
    );
  return url;
}

/** @throws RunError if the URL has the server path of the contract already */
export function checkRoot(url: URL, contract: Contract): void {
  if (contract.serverPath !== '' && url.pathname.replace(/\/+$/, '').endsWith(contract.serverPath)) {
    const root = url.href.slice(0, url.href.lastIndexOf(contract.serverPath)) || url.origin;
    throw new RunError(
      'BAD_OPTION',
      `invalid URL "${url.href}"; expected the tenant's root "${root}": the contract adds "${contract.serverPath}".`,
    );
  }
}

/** The URL of a target as reports and journals name it: without the slash at the end. */
export function rootOf(url: URL): string {
  return url.href.replace(/\/+$/, '');
}
