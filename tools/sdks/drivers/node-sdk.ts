import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Answer, Call, Method, SendingMethod, Sent } from '../protocol.js';

/** Drives npm auth0, versions 4 and 7, from the folder that is the only argument. See `../protocol.ts`. */

const SERVER_PATH = '/api/v2';
/** Enough to see that a listing ends. */
const MOST_ITEMS = 2000;

type Callable = (...args: readonly unknown[]) => unknown;
type Binding = (call: Call) => readonly unknown[];

interface Found {
  readonly owner: object;
  readonly name: string;
  readonly method: Callable;
}

const [folder = ''] = process.argv.slice(2);
const { ManagementClient } = createRequire(join(folder, 'package.json'))('auth0') as {
  ManagementClient: new (options: object) => object;
};

let sent: Sent[] = [];
/** While it is set, requests are answered here. */
let probing = true;

const fetchAndNote = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
  const { method: verb, url } = new Request(input, init);
  const body = typeof init?.body === 'string' ? { body: init.body } : {};
  if (probing) {
    sent.push({ verb, url, status: 200, ...body });
    return Response.json({ access_token: 'probe', expires_in: 86_400 });
  }
  const response = await fetch(input, init);
  const outside = response.headers.get('x-rolecall-outside-contract');
  sent.push({ verb, url, status: response.status, ...body, ...(outside === null ? {} : { outside }) });
  return response;
};

const client = (): object =>
  new ManagementClient({
    domain: process.env.AUTH0_DOMAIN ?? '',
    clientId: process.env.AUTH0_CLIENT_ID ?? '',
    clientSecret: process.env.AUTH0_CLIENT_SECRET ?? '',
    fetch: fetchAndNote,
    maxRetries: 0, // it would repeat each request that is answered with 501
  });

/** Every public method of the client and of the objects that it holds. */
function* methodsOf(owner: object, prefix: string, depth: number): Iterable<Found> {
  const inherited = new Set<string>();
  for (let type = Object.getPrototypeOf(owner); type !== Object.prototype; type = Object.getPrototypeOf(type)) {
    // Version 4 keeps what sends its requests in a base class, and in functions of the object.
    if (type.constructor.name === 'BaseAPI') break;
    for (const name of Object.getOwnPropertyNames(type)) inherited.add(name);
  }
  const held = Object.keys(owner).filter((name) => typeof Reflect.get(owner, name) === 'object');
  for (const name of new Set([...held, ...inherited])) {
    if (name.startsWith('_') || name === 'constructor' || name === 'configuration') continue;
    const value: unknown = Reflect.get(owner, name);
    if (typeof value === 'function') {
      if (prefix !== '') yield { owner, name: `${prefix}${name}`, method: value as Callable };
    } else if (typeof value === 'object' && value !== null && depth < 5 && !Array.isArray(value)) {
      yield* methodsOf(value, `${prefix}${name}.`, depth + 1);
    }
  }
}

/** Calls a method with arguments that can be found again in the URL. */
async function probed({ owner, name, method }: Found): Promise<[SendingMethod, Binding] | undefined> {
  const parameters = /\(([^)]*)\)/.exec(Function.prototype.toString.call(method))?.[1] ?? '';
  const byName = /requestParameters|bodyParameters|initOverrides/.test(parameters);
  const words = parameters.split(',').map((text) => text.trim().split(/\W/)[0]);
  const anyName = new Proxy({}, { get: (_, key) => (typeof key === 'string' ? probeOf(key) : undefined) });
  const args = byName
    ? words.map((word) => (word === 'requestParameters' ? anyName : word === 'bodyParameters' ? {} : undefined))
    : [0, 1, 2, 3, 4, 5].map((index) => probeOf(index).toString());
  sent = [];
  try {
    await method.apply(owner, args);
  } catch {
    // What the SDK makes of the answer does not matter here.
  }
  const request = sent.find(({ url }) => new URL(url).pathname.startsWith(`${SERVER_PATH}/`));
  if (request === undefined) return undefined;
  const segments = decodeURIComponent(new URL(request.url).pathname.slice(SERVER_PATH.length)).split('/');
  const holes = segments.flatMap((segment) => (segment.startsWith('probe:') ? [segment.slice(6)] : []));
  const path = segments.map((segment) => (segment.startsWith('probe:') ? '{}' : segment)).join('/');
  return [{ name, verb: request.verb, path }, byName ? bindByName(words, holes) : bindByPosition(holes)];
}

function probeOf(name: string | number): { toString(): string; join(): string } {
  const text = `probe:${name}`;
  return { toString: () => text, join: () => text };
}

/** Version 4: one object with the arguments of path and query, then the body. */
function bindByName(words: readonly (string | undefined)[], holes: readonly string[]): Binding {
  return ({ path, query, body }) =>
    words.map((word) => {
      if (word === 'bodyParameters') return body ?? {};
      if (word !== 'requestParameters') return undefined;
      return { ...query, ...Object.fromEntries(holes.map((name, index) => [name, path[index]])) };
    });
}

/** Version 7: the arguments of the path, then one object with those of query and body. */
function bindByPosition(holes: readonly string[]): Binding {
  return ({ path, query, body }) => {
    const args: unknown[] = [];
    for (const [index, hole] of holes.entries()) args[Number(hole)] = path[index];
    args[holes.length] = Array.isArray(body) ? body : { ...query, ...(body as object | undefined) };
    return args;
  };
}

/** The items of all pages, where the value has pages; what the response holds, where it is one. */
async function jsonOf(value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value;
  if (Symbol.asyncIterator in value) {
    const items: unknown[] = [];
    for await (const item of value as AsyncIterable<unknown>) {
      items.push(item);
      if (items.length > MOST_ITEMS) throw new Error(`the listing does not end after ${MOST_ITEMS} items`);
    }
    return items;
  }
  return 'statusText' in value && 'headers' in value ? Reflect.get(value, 'data') : value;
}

const methods = new Map<string, Found & { readonly bind: Binding }>();
const listed: Method[] = [];
for (const found of methodsOf(client(), '', 0)) {
  const result = await probed(found);
  if (result === undefined) {
    listed.push({ name: found.name });
    continue;
  }
  const [method, bind] = result;
  listed.push(method);
  methods.set(found.name, { ...found, bind });
}
process.stdout.write(`${JSON.stringify(listed)}\n`);

// A new client: the one before has the token of the probe.
probing = false;
const real = new Map([...methodsOf(client(), '', 0)].map((found) => [found.name, found]));
for await (const line of createInterface({ input: process.stdin })) {
  const call = JSON.parse(line) as Call;
  process.stdout.write(`${JSON.stringify(await answerTo(call))}\n`);
}

async function answerTo(call: Call): Promise<Answer> {
  sent = [];
  const [found, bound] = [real.get(call.method), methods.get(call.method)];
  if (found === undefined || bound === undefined) return { sent, error: `there is no method ${call.method}` };
  try {
    const value = await jsonOf(await found.method.apply(found.owner, [...bound.bind(call)]));
    return { sent, ...(value === undefined ? {} : { value }) };
  } catch (error) {
    return { sent, error: error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error) };
  }
}
