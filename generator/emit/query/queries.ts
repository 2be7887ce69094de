import type { Contract } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import { reserveFunctionName } from '../../client/names.js';
import type { ClientPlan } from '../../client/plan.js';
import { isValueStream } from '../../client/variants.js';
import { type SignatureParameter, signaturesOf } from '../client/signatures.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader, comment } from '../text/comment.js';
import { quote } from '../text/literal.js';

/** Methods whose requests change nothing: their operations are queries, all others are mutations. */
const SAFE = ['GET', 'QUERY'];

/** The names of the module's imports, which no parameter may have. */
interface Imports {
  readonly functions: string;
  readonly unwrap: string;
}

/** Emits `queries.ts`: options of TanStack Query for each operation that answers with a value. */
export function emitQueries(contract: Contract, plan: ClientPlan): GeneratedFile {
  const methods = plan.methods.filter(answersWithValue);
  const parameters = new Set(
    methods.flatMap((method) => signaturesOf(contract, method, 'types.').call.parameters.map(({ name }) => name)),
  );
  const imports = { functions: freeName('functions', parameters), unwrap: freeName('unwrap', parameters) };
  const taken = new Set([...parameters, ...Object.values(imports), 'queryOptions', 'mutationOptions', 'types']);
  const statements = methods.map((method) => {
    const isQuery = SAFE.includes(method.operation.method);
    const name = reserveFunctionName(`${method.functions.call}${isQuery ? 'Query' : 'Mutation'}`, taken);
    return isQuery ? queryOf(contract, method, name, imports) : mutationOf(contract, method, name, imports);
  });
  const used = ['mutationOptions', 'queryOptions'].filter((name) =>
    statements.some((text) => text.includes(`${name}(`)),
  );
  const head = [
    ...(used.length > 0 ? [`import { ${used.join(', ')} } from '@tanstack/react-query';`] : []),
    ...(methods.length > 0
      ? [
          "import type * as types from './client.js';",
          `import * as ${imports.functions} from './functions.js';`,
          `import { unwrap${imports.unwrap === 'unwrap' ? '' : ` as ${imports.unwrap}`} } from './runtime/result.js';`,
        ]
      : ['export {};']),
  ];
  return { path: 'queries.ts', text: `${codeHeader}${[head.join('\n'), ...statements].join('\n\n')}\n` };
}

/** A stream is read once and has no value to cache; HEAD has no value at all. */
function answersWithValue({ operation, variants }: ClientMethod): boolean {
  const isStreamed = variants.some(({ ok, kind }) => ok && (isValueStream(kind) || kind === 'stream'));
  return !isStreamed && operation.method !== 'HEAD' && variants.some(({ ok }) => ok);
}

function queryOf(contract: Contract, method: ClientMethod, name: string, { functions, unwrap }: Imports): string {
  const given = parametersOf(contract, method);
  const names = given.map((parameter) => parameter.name);
  const context = freeName('context', new Set(names));
  const key = [...method.path.map(quote), ...names].join(', ');
  const call = `${functions}.${method.functions.call}(${[
    'connection',
    ...names,
    `{ ...options, signal: ${context}.signal }`,
  ].join(', ')})`;
  // TanStack Query refuses undefined as the data of a query.
  const orNull = method.variants.some(({ ok, kind }) => ok && kind !== 'json') ? ' ?? null' : '';
  return `${comment([`Options of \`useQuery\` for \`client.${method.path.join('.')}\`. Throws ResponseError for a failure.`])}
export function ${name}(${declared(given)}) {
  return queryOptions({
    queryKey: [${key}] as const,
    queryFn: async (${context}) => ${unwrap}(await ${call})${orNull},
  });
}`;
}

function mutationOf(contract: Contract, method: ClientMethod, name: string, { functions, unwrap }: Imports): string {
  const given = parametersOf(contract, method);
  const type = given.map(({ name: key, type: value, optional }) => `readonly ${key}${optional ? '?' : ''}: ${value}`);
  const isOptional = given.every(({ optional }) => optional);
  const variables =
    given.length === 0 ? '' : isOptional ? `given: { ${type.join('; ')} } | void` : `given: { ${type.join('; ')} }`;
  const access = isOptional ? 'given?.' : 'given.';
  const call = `${functions}.${method.functions.call}(${[
    'connection',
    ...given.map(({ name: key }) => `${access}${key}`),
    'options',
  ].join(', ')})`;
  return `${comment([`Options of \`useMutation\` for \`client.${method.path.join('.')}\`. Throws ResponseError for a failure.`])}
export function ${name}(${declared([])}) {
  return mutationOptions({
    mutationKey: [${method.path.map(quote).join(', ')}] as const,
    mutationFn: async (${variables}) => ${unwrap}(await ${call}),
  });
}`;
}

function declared(parameters: readonly SignatureParameter[]): string {
  const list = [
    'connection: types.Connection',
    ...parameters.map(({ name, type, optional }) => `${name}${optional ? '?' : ''}: ${type}`),
    'options?: types.RequestOptions',
  ];
  return `\n${list.map((one) => `  ${one},\n`).join('')}`;
}

/** The parameters of the function without its options, for the default content types. */
function parametersOf(contract: Contract, method: ClientMethod): readonly SignatureParameter[] {
  const { types } = method;
  return signaturesOf(contract, method, 'types.')
    .call.parameters.slice(0, -1)
    .map((parameter) => ({
      ...parameter,
      type: parameter.type
        .replace(`types.${types.bodies}[ContentType]`, `types.${types.body}`)
        .replace('<ContentType>', ''),
    }));
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  while (taken.has(free)) free += '_';
  return free;
}
