import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../../contract/contract.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { gateRefusal } from '../../tenant/control/gate.js';
import type { Pages, PlainRequest, PlainResponse } from '../../tenant/exchange.js';
import { deriveModel } from '../model/derive-model.js';
import { CONSOLE_PATH, PAGE, SAFE_HEADERS } from './page.js';
import { refused, relay } from './relay.js';
import { STYLES } from './styles.js';

/** The tenant that the console shows. */
export interface ConsoleTenant {
  /** The URL that clients use. */
  readonly url: string;
  /** A token with every scope. */
  token(): Promise<string>;
  readonly control?: { readonly token?: string | undefined } | undefined;
}

export interface ConsoleOptions {
  readonly contract: Contract;
  readonly tenant: ConsoleTenant;
  /** Names of hosts, besides those of this machine, to which the console gives a token. */
  readonly hosts?: readonly string[];
  /** The script of the page. Default: the one that was built. */
  readonly script?: () => string;
}

/** The console as pages in front of a tenant: `/` for browsers, and what that page loads and calls. */
export function createConsole({ contract, tenant, hosts = [], script = builtScript }: ConsoleOptions): Pages {
  // Only a page that this server sent knows it.
  const secret = randomBytes(24).toString('base64url');
  const allowed = new Set(hosts);
  const hasRoot = contract.operations.some(({ route }) => route === '/' || route === '');
  let model: string | undefined;
  const files: Readonly<Record<string, () => PlainResponse>> = {
    [CONSOLE_PATH]: () => file('text/html', PAGE),
    [`${CONSOLE_PATH}/console.js`]: () => file('text/javascript', script()),
    [`${CONSOLE_PATH}/console.css`]: () => file('text/css', STYLES),
    [`${CONSOLE_PATH}/model.json`]: () => {
      model ??= JSON.stringify(deriveModel(contract));
      return file('application/json', model);
    },
  };
  const guarded: Readonly<Record<string, (request: PlainRequest) => Promise<PlainResponse>>> = {
    [`${CONSOLE_PATH}/session`]: async ({ method, headers }) => {
      // A form of another site can send a POST, but not this header.
      if (method !== 'POST' || headers[SECRET_HEADER] === undefined)
        return refused(404, 'expected a POST of the console');
      const { url, control } = tenant;
      return file(
        'application/json',
        JSON.stringify({ url, token: await tenant.token(), secret, controlToken: controlTokenOf(control) }),
      );
    },
    [`${CONSOLE_PATH}/relay`]: async (request) =>
      isSecret(request.headers[SECRET_HEADER], secret)
        ? relay(request)
        : refused(403, 'the request does not come from the console'),
  };
  return (request, api) => {
    const { path, method } = request;
    if (path === '/') return hasRoot ? api(request) : file('text/html', PAGE);
    const guard = guarded[path];
    if (guard === undefined) return (method === 'GET' ? files[path]?.() : undefined) ?? api(request);
    const reason = gateRefusal(request, allowed);
    return reason === undefined ? guard(request).then(safe) : safe(refused(403, reason));
  };
}

const SECRET_HEADER = 'x-rolecall-console';

/** Empty if the control API needs none. */
function controlTokenOf(control: ConsoleTenant['control']): string | undefined {
  return control === undefined ? undefined : (control.token ?? '');
}

function isSecret(given: string | undefined, secret: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function file(type: string, body: string): PlainResponse {
  return safe({ status: 200, headers: { 'content-type': `${type}; charset=utf-8` }, body });
}

function safe(response: PlainResponse): PlainResponse {
  return { ...response, headers: { ...SAFE_HEADERS, ...response.headers } };
}

function builtScript(): string {
  return readFileSync(join(packageRoot(), 'dist', 'console', 'console.js'), 'utf8');
}
