import type { Contract, Mention, Operation } from '../../contract/contract.js';
import { includesJson } from '../../contract/http/media-type.js';
import { answeredItem, holderInAnswer } from '../../contract/item-envelope.js';
import type { Finding } from '../finding/finding.js';
import { Effects } from '../lookup/effects.js';
import { createdBy as createdIn, idOf, keyLocated } from '../lookup/identity.js';
import { neededValues } from '../lookup/needed-values.js';
import { namesInPath, type PathNames, pathNaming } from '../lookup/path-names.js';
import { basicPair, isPair, placeOf, withCredential } from '../target/credential.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';
import { escaped, quoted } from './shell.js';

export interface CurlOptions {
  readonly contract: Contract;
  /** The target's root; absent for the embedded tenant: the commands use `$URL`. */
  readonly url?: string;
  /** Masks secrets. Its placeholders are shell variables. */
  readonly redact: (text: string) => string;
  /** The exchanges are masked already: the placeholders are in them. */
  readonly isMasked?: boolean;
}

/** What stands for secrets in masked text: the shell expands it, and nothing else. */
const PLACEHOLDERS: ReadonlyMap<string, string> = new Map(
  ['TOKEN', 'CLIENT_SECRET', 'PASSWORD'].map((name) => [`$${name}`, name]),
);

/** A resource that the commands create, and the variable that holds its id. */
interface CreatedByCommand {
  readonly resource: string;
  readonly id: string;
  readonly variable: string;
  /** The command that finds the id in the answer; absent: the request names it. */
  readonly found?: Found;
  /** What paths name to name it. */
  readonly names: PathNames;
  /** The Authorization header that it was created with, never printed; absent: it was created without one. */
  readonly authorization?: string;
}

/** How a command finds an id in the answer to curl. */
interface Found {
  /** Options of curl. */
  readonly options: string;
  readonly command: string;
}

/** The last segment of the `Location`. */
const IN_LOCATION: Found = {
  options: '-si',
  command: String.raw`sed -n 's|^[Ll]ocation:.*/\([^/?#[:space:]]\{1,\}\).*|\1|p'`,
};

/** The variables of all commands. */
interface Variables {
  /** Variables by the text that they stand for. */
  readonly texts: ReadonlyMap<string, string>;
  readonly created: readonly CreatedByCommand[];
}

interface GrowingVariables extends Variables {
  readonly texts: Map<string, string>;
  readonly created: CreatedByCommand[];
}

/**
 * Commands for `sh`, with curl and jq, that reproduce a finding: they create what the request names, since the run has
 * removed it, and remove it at the end. `$TOKEN` must hold a token; secrets of fixtures are made up.
 */
export function curlFor(finding: Finding, options: CurlOptions): string {
  const resources: CreatedByCommand[] = [];
  const variables: GrowingVariables = { texts: new Map(options.isMasked === true ? PLACEHOLDERS : []), created: [] };
  const marks = keptMarks(finding);
  for (const mark of marks) variables.texts.set(mark, 'NAME');
  const [last = finding.exchange, ...inner] = [finding.exchange, ...finding.after].reverse();
  const steps = [...finding.setup, ...finding.before, ...inner.reverse()].map((exchange) => {
    const created = createdBy(options.contract, exchange, resources.length + 1);
    if (created !== undefined) resources.push(created);
    return step(exchange, created, options, variables);
  });
  const shown = `curl -si ${commandFor(last, options, variables)}`;
  const teardown = [...resources].reverse().flatMap((created) => remove(created, options, variables));
  const lines = options.redact([...steps, shown, ...teardown].join('\n'));
  const head = [
    ...(marks.length > 0 ? ['NAME=rc$(date +%s)'] : []),
    ...(lines.includes('$PASSWORD') ? ["PASSWORD='aA1!'$(date +%s)$$"] : []),
    ...(lines.includes('$CHOSEN_TOKEN') ? [`# CHOSEN_TOKEN: ${chosenToken(finding)}`] : []),
  ];
  return [...head, lines].join('\n');
}

/** One request before the one that shows the finding. What it creates gets a variable where only its answer names it. */
function step(
  exchange: Exchange,
  created: CreatedByCommand | undefined,
  options: CurlOptions,
  variables: GrowingVariables,
): string {
  if (created?.found === undefined) return send(exchange, options, variables);
  const line = capture(exchange, { ...created, found: created.found }, options, variables);
  variables.created.push(created);
  // In a path the id is percent-encoded; a variable of its own holds it so.
  variables.texts.set(created.id, created.variable);
  const encoded = encodeURIComponent(created.id);
  if (encoded !== created.id) variables.texts.set(encoded, `${created.variable}_`);
  return line;
}

/** The marks of a run in names. */
const MARK = /(?<![0-9a-z])rc[0-9a-z]{9}[-_][0-9a-z]+(?![0-9a-z])/g;

/** The marks of what the request creates, and no command removes: it is still there, and would be a duplicate. */
function keptMarks({ exchange: { request } }: Finding): readonly string[] {
  const { operation, method, body = '' } = request;
  const mayCreate = operation?.effect === undefined ? method !== 'GET' : operation.effect.kind === 'create';
  return mayCreate ? [...new Set(body.match(MARK))] : [];
}

function capture(
  exchange: Exchange,
  created: CreatedByCommand & { readonly found: Found },
  options: CurlOptions,
  variables: Variables,
): string {
  const { found } = created;
  const sent = commandFor(exchange, options, variables);
  const line = `${created.variable}=$(curl ${found.options} ${sent} | ${found.command})`;
  if (encodeURIComponent(created.id) === created.id) return line;
  return `${line}; ${created.variable}_=$(printf %s "$${created.variable}" | jq -sRr @uri)`;
}

function send(exchange: Exchange, options: CurlOptions, variables: Variables): string {
  return `curl -so /dev/null ${commandFor(exchange, options, variables)}`;
}

function remove(created: CreatedByCommand, options: CurlOptions, variables: Variables): readonly string[] {
  const operation = new Effects(options.contract).one('delete', created.resource);
  const parameter = operation?.effect?.of[created.resource];
  if (operation === undefined || parameter === undefined) return [];
  const path = pathNaming(operation, created.names);
  const request = buildRequest(operation, { ...neededValues(options.contract, operation), path });
  const line =
    created.authorization === undefined
      ? argumentsFor(request, undefined, options, variables)
      : withToken(request, created.authorization, options, variables);
  return [`curl -so /dev/null ${line}`];
}

/** The arguments of a request with the full-access token, in the place where the operation takes it. */
function withToken(request: PlannedRequest, authorization: string, options: CurlOptions, variables: Variables): string {
  const place = placeOf(request, authorization);
  switch (place?.in) {
    case undefined:
      return argumentsFor(
        request,
        ALL.replace('Bearer', () => schemeOf(authorization)),
        options,
        variables,
      );
    case 'basic':
      return `-u "${isPair(authorization) ? '' : 'token:'}$TOKEN" ${argumentsFor(request, undefined, options, variables)}`;
    case 'header':
      return argumentsFor(request, `"${place.name.toLowerCase()}: $TOKEN"`, options, variables);
    case 'cookie':
      return argumentsFor(request, `"cookie: ${place.name}=$TOKEN"`, options, variables);
    case 'query': {
      const { path, headers } = withCredential(request, 'Bearer TOKEN');
      const line = argumentsFor({ ...request, path, headers }, undefined, options, variables);
      return line.replace(/=TOKEN"/, '=$TOKEN"');
    }
  }
}

/** Which token the check chose. */
function chosenToken({ exchange, expected }: Finding): string {
  const { scopes } = exchange;
  if (scopes === undefined) return expected;
  return scopes.length === 0
    ? 'a token without scopes'
    : `a token with only these scopes, or invalid as described: ${scopes.join(' ')}`;
}

const ALL = '"authorization: Bearer $TOKEN"';
const CHOSEN = '"authorization: Bearer $CHOSEN_TOKEN"';

function commandFor(exchange: Exchange, options: CurlOptions, variables: Variables): string {
  const line = plainCommandFor(exchange, options, variables);
  const { request, response } = exchange;
  // With --head, curl stops reading where the headers end, and hides what made the answer unreadable.
  return request.method === 'HEAD' && response.status === 0 ? line.replace('--head', '-X HEAD --max-time 5') : line;
}

function plainCommandFor(exchange: Exchange, options: CurlOptions, variables: Variables): string {
  const authorization = authorizationFor(exchange, options);
  const place = placeOf(exchange.request, exchange.authorization);
  if (authorization === undefined || place === undefined)
    return argumentsFor(exchange.request, authorization, options, variables);
  // The mask replaces the credential with the variable, which the shell cannot expand inside Base64.
  if (place.in === 'basic') {
    const pair = basicPair((exchange.authorization ?? '').replace(/^Bearer /, ''));
    return `-u ${quoted(pair)} ${argumentsFor(exchange.request, undefined, options, variables)}`;
  }
  const { path, headers } = withCredential(exchange.request, exchange.authorization);
  return argumentsFor({ ...exchange.request, path, headers }, undefined, options, variables);
}

function authorizationFor({ authorization, chosen }: Exchange, { isMasked }: CurlOptions): string | undefined {
  if (authorization === undefined) return undefined;
  if (chosen === true) return CHOSEN;
  return /^Bearer \S+\.\S+\.\S*$/.test(authorization)
    ? ALL
    : quoted(`authorization: ${authorization}`, isMasked === true ? PLACEHOLDERS : undefined);
}

function argumentsFor(
  request: PlannedRequest,
  authorization: string | undefined,
  { url, contract, isMasked }: CurlOptions,
  variables: Variables,
): string {
  const root = url === undefined ? '$URL' : escaped(url, new Map());
  const isPlain = answersInJson(request.operation);
  const headers = Object.entries(request.headers).filter(([name]) => name !== 'accept' || !isPlain);
  return [
    ...(request.method === 'HEAD' ? ['--head'] : ['-X', request.method]),
    ...(/\/\.{1,2}(\/|$|\?)/.test(request.path) ? ['--path-as-is'] : []),
    `"${root}${escaped(request.path, textsInPath(request, variables))}"`,
    ...(authorization === undefined ? [] : ['-H', authorization]),
    ...headers.flatMap(([name, value]) => [
      '-H',
      quoted(`${name}: ${value}`, isMasked === true ? PLACEHOLDERS : undefined),
    ]),
    ...(request.body === undefined
      ? []
      : ['--data-raw', `"${escapedBody(request.body, numbersIn(request, contract, variables), variables.texts)}"`]),
  ].join(' ');
}

/** Numbers of several resources may be the same: a path means those of the resources that it names. */
function textsInPath(
  { operation, values }: PlannedRequest,
  { texts, created }: Variables,
): ReadonlyMap<string, string> {
  const names = operation === undefined || values === undefined ? {} : namesInPath(operation, values);
  const meant = created.filter(({ resource, id }) => String(names[resource] ?? '') === id);
  return new Map([...texts, ...meant.map(({ id, variable }) => [id, variable] as const)]);
}

/** A number in a body that names what a command has created. */
interface NumberInBody {
  /** What the body has before it: the property of the object, `"author":`. */
  readonly after: string;
  /** What comes directly before it: `"author_id":`, or `"id":` in an object. */
  readonly start: string;
  readonly id: string;
  readonly variable: string;
}

/** Digits occur everywhere in a body: those of a foreign key are meant. */
function numbersIn({ operation }: PlannedRequest, { resources }: Contract, { created }: Variables) {
  const { refers = [], mentions = [] } = resources.get(operation?.effect?.target ?? '') ?? {};
  return [...refers, ...mentions, ...(operation?.mentions ?? [])].flatMap(
    ({ property, resource, within = [], isItem }: Mention): readonly NumberInBody[] =>
      created
        .filter((one) => one.resource === resource && /^\d+$/.test(one.id))
        .map(({ id, variable }) => {
          const start = `${JSON.stringify(within.at(-1) ?? property)}:`;
          // Others have an `id` as well.
          const after = isItem === true ? `${JSON.stringify(within.at(-2) ?? property)}:` : start;
          return { after, start, id, variable };
        }),
  );
}

function escapedBody(body: string, numbers: readonly NumberInBody[], texts: ReadonlyMap<string, string>): string {
  for (const { after: property, start, id, variable } of numbers) {
    const first = body.indexOf(property);
    const at = first < 0 ? first : body.indexOf(start + id, first);
    const after = body.slice(at + start.length + id.length);
    if (at < 0 || !/^\s*[,}]/.test(after)) continue;
    const before = body.slice(0, at + start.length);
    return `${escapedBody(before, numbers, texts)}\${${variable}}${escapedBody(after, numbers, texts)}`;
  }
  return escaped(body, texts);
}

/** The word before a token: `Bearer`. */
function schemeOf(authorization: string): string {
  return authorization.replace(/ .*$/s, '');
}

/** Whether every documented answer is JSON: what curl accepts then makes no difference. */
function answersInJson(operation: Operation | undefined): boolean {
  const contents = operation?.responses.flatMap(({ content }) => content) ?? [];
  return contents.every(({ type }) => includesJson(type));
}

function createdBy(contract: Contract, exchange: Exchange, number: number): CreatedByCommand | undefined {
  const effect = exchange.request.operation?.effect;
  const resource = effect?.kind === 'create' ? contract.resources.get(effect.target) : undefined;
  const created = createdIn(contract, exchange);
  const id = resource === undefined || created === undefined ? undefined : idOf(resource, created);
  if (resource === undefined || id === undefined || !succeeded(exchange)) return undefined;
  const { operation, values = noValues } = exchange.request;
  const found = foundIn(contract, exchange, id);
  return {
    resource: resource.name,
    id,
    variable: `${resource.name.replace(/\W/g, '_').toUpperCase()}_${number}`,
    ...(found === undefined ? {} : { found }),
    names: { ...(operation === undefined ? {} : namesInPath(operation, values)), [resource.name]: id },
    ...(exchange.authorization === undefined ? {} : { authorization: exchange.authorization }),
  };
}

/** Where the answer to a creation names this id; undefined where only the request does. */
function foundIn(contract: Contract, exchange: Exchange, id: string): Found | undefined {
  const { effect } = exchange.request.operation ?? {};
  const resource = contract.resources.get(effect?.target ?? '');
  const shown = answeredItem(effect, exchange.response.json);
  if (resource !== undefined && shown !== undefined && idOf(resource, shown) === id) {
    const path = [holderInAnswer(effect), resource.key].flatMap((name) => (name === undefined ? [] : `.${name}`));
    return { options: '-s', command: `jq -r ${path.join('')}` };
  }
  const isSent = JSON.stringify(exchange.request.values?.body ?? '').includes(JSON.stringify(id));
  // The header has the id percent-encoded.
  const isPlain = encodeURIComponent(id) === id;
  return keyLocated(contract, exchange) !== undefined && isPlain && !isSent ? IN_LOCATION : undefined;
}
