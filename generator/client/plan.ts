import type { Contract, Operation } from '../../contract/contract.js';
import { tagPath } from '../../contract/read/read-tags.js';
import { planArguments, reservedParameters } from './arguments.js';
import type { ClientMethod, TypeNames } from './method.js';
import { camelCase, pascalCase, reserveFunctionName, reservePropertyName, reserveTypeName } from './names.js';
import { planBatch, planPages } from './repeated.js';
import { runtimeErrors, runtimeTypes } from './runtime-types.js';
import { planServer, type ServerFacts } from './server.js';
import { planAccept, planVariants } from './variants.js';

/** A group of methods: `client.users.roles`, or the client itself. */
export interface ClientGroup {
  /** Empty for the client itself. */
  readonly path: readonly string[];
  /** The name of its interface. */
  readonly type: string;
  readonly groups: readonly ClientGroup[];
  readonly methods: readonly ClientMethod[];
}

/** The client of a contract: its groups and methods with their names. */
export interface ClientPlan {
  readonly root: ClientGroup;
  /** All methods, in the order of the contract's operations. */
  readonly methods: readonly ClientMethod[];
  readonly byOperation: ReadonlyMap<string, ClientMethod>;
  readonly server: ServerFacts;
  /** The name of the output folder, from which samples import. */
  readonly folder: string;
}

/** Names of types that the client uses, so that no group or method may have them. */
const reservedTypes = [
  ...Object.values(runtimeTypes).flat(),
  ...runtimeErrors,
  ...'ArrayBuffer AsyncGenerator Blob Client ClientOptions FormData NonNullable Omit Promise ReadableStream Response Uint8Array'.split(
    ' ',
  ),
];

/** Names that `functions.ts` uses itself, or exports beside the functions. */
const reservedFunctions = [...reservedParameters, ...runtimeErrors, 'connect', 'connectTo', 'server', 'unwrap'];

/** Plans the client: the same contract gives the same names, and each operation has its own, whatever its id. */
export function planClient(contract: Contract, folder = 'generated'): ClientPlan {
  const types = new Set<string>(reservedTypes);
  const functions = new Set<string>(reservedFunctions);
  const tree = emptyBranch([]);
  for (const operation of contract.operations) addLeaf(tree, operation, tagPath(contract.tags, operation.tags));
  const byOperation = new Map<string, ClientMethod>();

  function planGroup(branch: Branch): ClientGroup {
    const type = branch.path.length === 0 ? 'Client' : reserveTypeName(pascalCase(branch.path.join(' ')), types);
    const groups = [...branch.branches.values()].map(planGroup);
    const taken = new Set(groups.map(({ path }) => path.at(-1) ?? ''));
    const named = branch.leaves.map(({ name, operation }) => ({ name: reservePropertyName(name, taken), operation }));
    const methods = named.map(({ name, operation }) =>
      planMethod(contract, operation, { path: [...branch.path, name], properties: taken, types, functions }),
    );
    for (const method of methods) byOperation.set(method.operation.id, method);
    return { path: branch.path, type, groups, methods };
  }

  const root = planGroup(tree);
  const methods = contract.operations.flatMap(({ id }) => byOperation.get(id) ?? []);
  return { root, methods, byOperation, server: planServer(contract), folder };
}

interface Branch {
  readonly path: readonly string[];
  readonly branches: Map<string, Branch>;
  readonly leaves: { readonly name: string; readonly operation: Operation }[];
}

function emptyBranch(path: readonly string[]): Branch {
  return { path, branches: new Map(), leaves: [] };
}

/** Groups by the dots of the operation's id if it has some, else by its tag and that one's parents. */
function addLeaf(tree: Branch, operation: Operation, tags: readonly string[]): void {
  const words = operation.id.split('.');
  const dotted = words.length > 1 && words.every((word) => /[\p{L}\p{N}]/u.test(word));
  const groups = dotted ? words.slice(0, -1) : tags;
  const name = dotted ? (words.at(-1) ?? '') : operation.id;
  let branch = tree;
  for (const group of groups.map((word) => reservePropertyName(camelCase(word), new Set()))) {
    const next = branch.branches.get(group) ?? emptyBranch([...branch.path, group]);
    branch.branches.set(group, next);
    branch = next;
  }
  branch.leaves.push({ name: camelCase(name), operation });
}

/** The name of a method, and the names that are in use around it. */
interface Naming {
  readonly path: readonly string[];
  /** The properties of the method's group. */
  readonly properties: Set<string>;
  /** The types of the client. */
  readonly types: Set<string>;
  /** The functions beside the client. */
  readonly functions: Set<string>;
}

function planMethod(
  contract: Contract,
  operation: Operation,
  { path, properties, types, functions }: Naming,
): ClientMethod {
  const given = planArguments(contract, operation);
  const name = path.at(-1) ?? '';
  const all = name === 'list' && !properties.has('all') ? 'all' : `${name}All`;
  const pages = planPages(contract, operation, all);
  const batch = planBatch(contract, operation, given, `${name}All`);
  const variants = planVariants(contract, operation);
  const accept = planAccept(variants);
  const base = camelCase(path.join(' '));
  return {
    operation,
    path,
    functions: {
      call: reserveFunctionName(base, functions),
      pages: pages ? reserveFunctionName(camelCase(`${path.slice(0, -1).join(' ')} ${pages.name}`), functions) : '',
      batch: batch ? reserveFunctionName(`${base}All`, functions) : '',
    },
    types: nameTypes(pascalCase(path.join(' ')), types),
    ids: given.ids,
    ...(given.body && { body: given.body }),
    ...(given.query && { query: given.query }),
    ...(given.headers && { headers: given.headers }),
    ...(given.cookies && { cookies: given.cookies }),
    // These call the operation with its arguments in order.
    ...(given.input && !pages && !batch && { input: given.input }),
    ...(given.unsentBody && { unsentBody: given.unsentBody }),
    ...(accept && { accept }),
    variants,
    ...(pages && { pages: { ...pages, name: reservePropertyName(pages.name, properties) } }),
    ...(batch && { batch: { ...batch, name: reservePropertyName(batch.name, properties) } }),
  };
}

function nameTypes(base: string, types: Set<string>): TypeNames {
  const name = (suffix: string) => reserveTypeName(base + suffix, types);
  return {
    body: name('Body'),
    query: name('Query'),
    headers: name('Headers'),
    cookies: name('Cookies'),
    data: name('Data'),
    failure: name('Failure'),
    result: name('Result'),
    item: name('Item'),
    input: name('Input'),
    bodies: name('Bodies'),
    accept: name('Accept'),
  };
}
