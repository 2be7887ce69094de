import type { Contract, Operation } from '../../contract/contract.js';
import { planArguments } from './arguments.js';
import { planBatch } from './batch.js';
import type { ClientMethod, TypeNames } from './method.js';
import { camelCase, pascalCase, takePropertyName, takeTypeName } from './names.js';
import { planOutcomes } from './outcomes.js';
import { planPages } from './pages.js';
import { planServer, type ServerFacts } from './server.js';

/** A group of methods: `client.users.roles`, or the client itself. */
export interface ClientGroup {
  /** Empty for the client itself. */
  readonly path: readonly string[];
  /** The name of its interface. */
  readonly type: string;
  readonly groups: readonly ClientGroup[];
  readonly methods: readonly ClientMethod[];
}

/** The client of a contract: what it has, and how everything in it is called. */
export interface ClientPlan {
  readonly root: ClientGroup;
  /** All methods, in the order of the contract's operations. */
  readonly methods: readonly ClientMethod[];
  readonly byOperation: ReadonlyMap<string, ClientMethod>;
  readonly server: ServerFacts;
}

/** Names of types that the client uses, and that no group or method may take. */
const usedTypes =
  'AsyncGenerator BatchResult Client ClientCredentials ClientError ClientOptions Clock Coded ConnectionOptions Failure FormData ItemOf NonNullable Omit ParameterError Promise ReadableStream RequestError RequestOptions Response ResponseError Result RetryOptions Success Token TokenError Uint8Array Unexpected UnexpectedResponseError'.split(
    ' ',
  );

/** Plans the client: the same for the same contract, and with a name of its own for each operation, whatever their ids. */
export function planClient(contract: Contract): ClientPlan {
  const types = new Set(usedTypes);
  const tree = emptyBranch([]);
  for (const operation of contract.operations) plant(tree, operation);
  const byOperation = new Map<string, ClientMethod>();

  function planGroup(branch: Branch): ClientGroup {
    const type = branch.path.length === 0 ? 'Client' : takeTypeName(pascalCase(branch.path.join(' ')), types);
    const groups = [...branch.branches.values()].map(planGroup);
    const taken = new Set(groups.map(({ path }) => path.at(-1) ?? ''));
    const named = branch.leaves.map(({ name, operation }) => ({ name: takePropertyName(name, taken), operation }));
    const methods = named.map(({ name, operation }) =>
      planMethod(contract, operation, [...branch.path, name], taken, types),
    );
    for (const method of methods) byOperation.set(method.operation.id, method);
    return { path: branch.path, type, groups, methods };
  }

  const root = planGroup(tree);
  const methods = contract.operations.flatMap(({ id }) => byOperation.get(id) ?? []);
  return { root, methods, byOperation, server: planServer(contract) };
}

interface Branch {
  readonly path: readonly string[];
  readonly branches: Map<string, Branch>;
  readonly leaves: { readonly name: string; readonly operation: Operation }[];
}

function emptyBranch(path: readonly string[]): Branch {
  return { path, branches: new Map(), leaves: [] };
}

/** By the dots of the operation's id where it has some, else by its first tag. */
function plant(tree: Branch, operation: Operation): void {
  const words = operation.id.split('.');
  const dotted = words.length > 1 && words.every((word) => /[\p{L}\p{N}]/u.test(word));
  const groups = dotted ? words.slice(0, -1) : operation.tags.slice(0, 1);
  const name = dotted ? (words.at(-1) ?? '') : operation.id;
  let branch = tree;
  for (const group of groups.map((word) => takePropertyName(camelCase(word), new Set()))) {
    const next = branch.branches.get(group) ?? emptyBranch([...branch.path, group]);
    branch.branches.set(group, next);
    branch = next;
  }
  branch.leaves.push({ name: camelCase(name), operation });
}

function planMethod(
  contract: Contract,
  operation: Operation,
  path: readonly string[],
  taken: Set<string>,
  types: Set<string>,
): ClientMethod {
  const given = planArguments(contract, operation);
  const name = path.at(-1) ?? '';
  const all = name === 'list' && !taken.has('all') ? 'all' : `${name}All`;
  const pages = planPages(contract, operation, all);
  const batch = planBatch(contract, operation, given, `${name}All`);
  return {
    operation,
    path,
    types: nameTypes(pascalCase(path.join(' ')), types),
    ids: given.ids,
    ...(given.body && { body: given.body }),
    ...(given.query && { query: given.query }),
    outcomes: planOutcomes(contract, operation),
    ...(pages && { pages: { ...pages, name: takePropertyName(pages.name, taken) } }),
    ...(batch && { batch: { ...batch, name: takePropertyName(batch.name, taken) } }),
  };
}

function nameTypes(base: string, types: Set<string>): TypeNames {
  const take = (suffix: string) => takeTypeName(base + suffix, types);
  return {
    body: take('Body'),
    query: take('Query'),
    data: take('Data'),
    failure: take('Failure'),
    result: take('Result'),
    item: take('Item'),
  };
}
