import type { Contract, JsonObject, Operation } from '../../../contract/contract.js';
import { listOr, objectOr, stringOr } from '../../../contract/json/json-value.js';
import { getPointer, isObject } from '../../../contract/pointer.js';
import { serverUrl } from '../../../contract/read/server-url.js';
import { marked } from './placeholder.js';
import { named } from './placeholder-names.js';
import type { Placeholder } from './sample.js';

/** Where the samples of an operation send their request. */
export interface SampleServer {
  /** Scheme, host and port: each variable of the host is a placeholder. */
  readonly origin: string;
  readonly placeholders: readonly Placeholder[];
  /** A host as the contract has it by default, and the same with placeholders. */
  readonly host?: { readonly example: string; readonly marked: string };
}

/** A document without an absolute server. */
const UNKNOWN: SampleServer = {
  origin: `https://${marked('YOUR_DOMAIN')}`,
  placeholders: [{ name: 'YOUR_DOMAIN', description: 'The host of the server.', example: 'api.example.com' }],
};

export function sampleServer({ document }: Contract, { pointer }: Operation): SampleServer {
  const item = objectOr(getPointer(document, pointer.slice(0, pointer.lastIndexOf('/'))));
  const servers = [objectOr(getPointer(document, pointer)).servers, item.servers, document.servers];
  const server = objectOr(servers.map(listOr).find((list) => list.length > 0)?.[0]);
  const written = /^(https?:\/\/)([^/?#]+)/i.exec(stringOr(server.url));
  if (written !== null) return withVariables(written[1] ?? '', written[2] ?? '', objectOr(server.variables));
  const found = serverUrl({ url: '/', ...server });
  return 'url' in found && !found.url.host.endsWith('.invalid')
    ? { origin: found.url.origin, placeholders: [] }
    : UNKNOWN;
}

function withVariables(scheme: string, host: string, variables: JsonObject): SampleServer {
  const placeholders: Placeholder[] = [];
  let example = host;
  const marks = host.replaceAll(/\{([^{}]*)\}/g, (whole, variable: string) => {
    const declared = variables[variable];
    const { description, default: value } = objectOr(isObject(declared) ? declared : undefined);
    const name = `YOUR_${named(variable).replace(/^YOUR_/, '')}`;
    placeholders.push({ name, description: stringOr(description), example: String(value ?? '') });
    example = example.replace(whole, String(value ?? ''));
    return marked(name);
  });
  return {
    origin: scheme + marks,
    placeholders,
    ...(placeholders.length > 0 && { host: { example, marked: marks } }),
  };
}
