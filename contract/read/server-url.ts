import type { JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';

/** Resolves relative URLs: a host that cannot exist. */
const BASE = 'https://server.invalid';

/**
 * The URL of a server with its variables replaced by their defaults, or what is wrong with it.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#server-object
 */
export function serverUrl(server: JsonObject): { readonly url: URL } | { readonly wrong: string } {
  const written = typeof server.url === 'string' ? server.url : '';
  const variables = isObject(server.variables) ? server.variables : {};
  const missing: string[] = [];
  const filled = written.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const value = isObject(variable) ? variable.default : undefined;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    missing.push(name);
    return '';
  });
  const [first] = missing;
  if (first !== undefined) {
    return { wrong: `"${written}" has "{${first}}"; expected a default for "${first}" under "variables"` };
  }
  const url = URL.canParse(filled, BASE) ? new URL(filled, BASE) : undefined;
  if (url === undefined || url.host === '') {
    const filling = filled === written ? '' : `, which is "${filled}" with its defaults`;
    return { wrong: `"${written}"${filling} is not a URL; expected a URL like https://api.example.com/v1, or a path` };
  }
  return { url };
}
