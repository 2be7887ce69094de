import type { Contract } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Finding } from '../finding.js';
import { Effects } from '../lookup/effects.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';
import { escaped, quoted } from './shell.js';

export interface CurlOptions {
  readonly contract: Contract;
  /** The target's root; absent where it has none: then `$URL` stands for it. */
  readonly url?: string;
  /** Takes secrets out: what it leaves in their place are variables of the shell. */
  readonly redact: (text: string) => string;
}

/** A thing that the lines create, and the variable that holds its id. */
interface Thing {
  readonly resource: string;
  readonly id: string;
  readonly variable: string;
}

/**
 * Lines for `sh`, with curl and jq, that show a finding again: what the request names is created first, since the run has removed it, and
 * removed at the end. `$TOKEN` has to hold a token; secrets of fixtures are made up.
 */
export function curlFor(finding: Finding, options: CurlOptions): string {
  const things: Thing[] = [];
  const variables = new Map<string, string>();
  const setup = finding.setup.map((exchange) => {
    const thing = thingOf(options.contract, exchange, things.length + 1);
    const line =
      thing === undefined ? send(exchange, options, variables) : capture(exchange, thing, options, variables);
    if (thing !== undefined) {
      things.push(thing);
      // In a path the id is percent-encoded; a variable of its own holds it so.
      variables.set(thing.id, thing.variable);
      const encoded = encodeURIComponent(thing.id);
      if (encoded !== thing.id) variables.set(encoded, `${thing.variable}_`);
    }
    return line;
  });
  const before = finding.before.map((exchange) => send(exchange, options, variables));
  const shown = `curl -si ${commandFor(finding.exchange, options, variables)}`;
  const teardown = things.reverse().flatMap((thing) => remove(thing, options, variables));
  const lines = options.redact([...setup, ...before, shown, ...teardown].join('\n'));
  const head = [
    ...(lines.includes('$PASSWORD') ? ["PASSWORD='aA1!'$(date +%s)$$"] : []),
    ...(lines.includes('$CHOSEN_TOKEN') ? [`# CHOSEN_TOKEN: ${chosenToken(finding)}`] : []),
  ];
  return [...head, lines].join('\n');
}

function capture(
  exchange: Exchange,
  thing: Thing,
  options: CurlOptions,
  variables: ReadonlyMap<string, string>,
): string {
  const key = options.contract.resources.get(thing.resource)?.key ?? 'id';
  const line = `${thing.variable}=$(curl -s ${commandFor(exchange, options, variables)} | jq -r .${key})`;
  if (encodeURIComponent(thing.id) === thing.id) return line;
  return `${line}; ${thing.variable}_=$(printf %s "$${thing.variable}" | jq -sRr @uri)`;
}

function send(exchange: Exchange, options: CurlOptions, variables: ReadonlyMap<string, string>): string {
  return `curl -so /dev/null ${commandFor(exchange, options, variables)}`;
}

function remove(thing: Thing, options: CurlOptions, variables: ReadonlyMap<string, string>): readonly string[] {
  const operation = new Effects(options.contract).one('delete', thing.resource);
  const parameter = operation?.effect?.of[thing.resource];
  if (operation === undefined || parameter === undefined) return [];
  const request = buildRequest(operation, { ...noValues, path: { [parameter]: thing.id } });
  return [`curl -so /dev/null ${argumentsFor(request, ALL, options, variables)}`];
}

/** What the token must be that the check chose. */
function chosenToken({ exchange, expected }: Finding): string {
  const { scopes } = exchange;
  if (scopes === undefined) return expected;
  return scopes.length === 0
    ? 'one without any scope'
    : `one with these scopes alone, or wrong as said: ${scopes.join(' ')}`;
}

const ALL = '"authorization: Bearer $TOKEN"';
const CHOSEN = '"authorization: Bearer $CHOSEN_TOKEN"';

function commandFor(exchange: Exchange, options: CurlOptions, variables: ReadonlyMap<string, string>): string {
  return argumentsFor(exchange.request, authorizationFor(exchange), options, variables);
}

function authorizationFor({ authorization, chosen }: Exchange): string | undefined {
  if (authorization === undefined) return undefined;
  if (chosen === true) return CHOSEN;
  return /^Bearer \S+\.\S+\.\S*$/.test(authorization) ? ALL : quoted(`authorization: ${authorization}`);
}

function argumentsFor(
  request: PlannedRequest,
  authorization: string | undefined,
  { url }: CurlOptions,
  variables: ReadonlyMap<string, string>,
): string {
  const root = url === undefined ? '$URL' : escaped(url, new Map());
  const headers = Object.entries(request.headers).filter(([name]) => name !== 'accept');
  return [
    ...(request.method === 'HEAD' ? ['--head'] : ['-X', request.method]),
    ...(/\/\.{1,2}(\/|$|\?)/.test(request.path) ? ['--path-as-is'] : []),
    `"${root}${escaped(request.path, variables)}"`,
    ...(authorization === undefined ? [] : ['-H', authorization]),
    ...headers.flatMap(([name, value]) => ['-H', quoted(`${name}: ${value}`)]),
    ...(request.body === undefined ? [] : ['--data-raw', quoted(request.body, variables)]),
  ].join(' ');
}

function thingOf(contract: Contract, exchange: Exchange, number: number): Thing | undefined {
  const effect = exchange.request.operation?.effect;
  const resource = effect?.kind === 'create' ? contract.resources.get(effect.target) : undefined;
  const { json } = exchange.response;
  const id = resource !== undefined && isObject(json) ? json[resource.key] : undefined;
  if (resource === undefined || typeof id !== 'string') return undefined;
  return { resource: resource.name, id, variable: `${resource.name.replace(/\W/g, '_').toUpperCase()}_${number}` };
}
