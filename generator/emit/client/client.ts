import { createRequire } from 'node:module';
import type { InterfaceDeclarationStructure, MethodSignatureStructure, OptionalKind } from 'ts-morph';
import type { Contract } from '../../../contract/contract.js';
import type { ClientGroup, ClientPlan } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader, comment, commentLines } from '../text/comment.js';
import { quote } from '../text/literal.js';
import { methodTypes } from './client-types.js';
import { type Signature, type SignatureParameter, signaturesOf } from './signatures.js';

const require = createRequire(import.meta.url);

const lineWidth = 120;

/** Emits `client.ts`: documented types and interfaces, and `createClient`. */
export function emitClient(contract: Contract, plan: ClientPlan): GeneratedFile {
  // Loaded on demand, and by `require`: an import would scan all of TypeScript for exports.
  const morph: typeof import('ts-morph') = require('ts-morph');
  const project = new morph.Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: morph.IndentationText.TwoSpaces, quoteKind: morph.QuoteKind.Single },
  });
  const types = plan.methods.flatMap((method) => methodTypes(contract, method));
  const interfaces = groupsOf(plan.root).map((group) => groupInterface(morph, contract, group));
  // In one call: each separate addition would print and parse the whole file again. The types are texts already.
  const file = project.createSourceFile('client.ts', {
    statements: [
      ...interfaces,
      {
        kind: morph.StructureKind.Function,
        isExported: true,
        name: 'createClient',
        docs: [
          commentLines([`Creates a client for ${contract.title}. Nothing is sent until a method is called.`], 0).join(
            '\n',
          ),
        ],
        parameters: [{ name: 'options', type: 'ClientOptions' }],
        returnType: 'Client',
        statements: ['return bindRoutes<Client>(routes(), connectTo(server, options));'],
      },
    ],
  });
  const parts = [optionsType(plan), types.join('\n'), breakLongSignatures(file.getFullText())];
  const body = parts.filter((text) => text !== '').join('\n\n');
  return { path: 'client.ts', text: `${codeHeader}${imports(body)}\n${body}` };
}

/** Runtime types by module: imported if they are used, always exported. */
const runtimeTypes = {
  options: [
    'BasicCredentials',
    'ClientCredentials',
    'Clock',
    'Connection',
    'ConnectionOptions',
    'RequestOptions',
    'RetryOptions',
    'Token',
    'WithFiles',
  ],
  repeated: ['BatchResult', 'ItemOf'],
  result: ['ByType', 'Coded', 'Failure', 'Result', 'ServerSentEvent', 'Success', 'Unexpected'],
};

/** What every module that sends requests exports beside. */
export const runtimeExports = `export {
  ClientError,
  ParameterError,
  RedirectError,
  RequestError,
  ResponseError,
  TokenError,
  UnexpectedResponseError,
} from './runtime/errors.js';
export { unwrap } from './runtime/result.js';`;

function imports(body: string): string {
  // Neither comments nor strings: a security scheme may have the name of a type.
  const code = body.replace(/\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'/g, '');
  const used = (name: string) => new RegExp(`(?<![\\p{L}\\p{N}$_])${name}(?![\\p{L}\\p{N}$_])`, 'u').test(code);
  const lines = Object.entries(runtimeTypes).flatMap(([module, names]) => {
    const needed = names.filter(used);
    return needed.length > 0 ? [`import type { ${needed.join(', ')} } from './runtime/${module}.js';`] : [];
  });
  const documents = ['operations', 'paths'].filter((name) => body.includes(`${name}['`));
  return [
    "import { routes } from './routes.js';",
    "import { bindRoutes } from './runtime/bind.js';",
    "import { connectTo } from './runtime/connect.js';",
    ...lines,
    "import { server } from './server.js';",
    ...(documents.length > 0 ? [`import type { ${documents.join(', ')} } from './types.js';`] : []),
    '',
    runtimeExports,
    ...Object.entries(runtimeTypes).map(([module, names]) => exported(names, `./runtime/${module}.js`)),
    '',
  ].join('\n');
}

function exported(names: readonly string[], module: string): string {
  const line = `export type { ${names.join(', ')} } from '${module}';`;
  return line.length <= lineWidth
    ? line
    : `export type {\n${names.map((name) => `  ${name},\n`).join('')}} from '${module}';`;
}

/** Credentials are an option only if the contract has a token URL. */
function optionsType({ server }: ClientPlan): string {
  const credentials = server.tokenUrl === '' ? 'never' : 'ClientCredentials';
  const options = `${comment(['The options of `createClient`.'])}\nexport type ClientOptions = ConnectionOptions<${credentials}>`;
  if (server.schemes.length === 0) return `${options};`;
  const schemes = server.schemes.flatMap(({ name, scheme: [place], words, deprecated }) => [
    comment([`${words.charAt(0).toUpperCase()}${words.slice(1)}.`, ...(deprecated ? ['@deprecated'] : [])], 4),
    `    readonly ${quote(name)}?: ${place === 'basic' ? 'BasicCredentials' : 'string'} | undefined;`,
  ]);
  const about = 'Credentials by security scheme. A call sends those of its first requirement for which all are given.';
  return [`${options} & {`, comment([about], 2), '  readonly credentials?: {', ...schemes, '  };', '};'].join('\n');
}

/** A group and all nested groups, outermost first. */
function groupsOf(group: ClientGroup): readonly ClientGroup[] {
  return [group, ...group.groups.flatMap(groupsOf)];
}

function groupInterface(
  morph: typeof import('ts-morph'),
  contract: Contract,
  group: ClientGroup,
): InterfaceDeclarationStructure {
  const description = group.path.length === 0 ? contract.title : `\`client.${group.path.join('.')}\``;
  return {
    kind: morph.StructureKind.Interface,
    name: group.type,
    isExported: true,
    docs: [commentLines([description], 0).join('\n')],
    properties: group.groups.map(({ path, type }) => ({ name: path.at(-1) ?? '', type, isReadonly: true })),
    methods: group.methods.flatMap((method) => {
      const { call, pages, batch } = signaturesOf(contract, method);
      return [call, pages, batch].flatMap((one) => (one ? [methodStructure(one)] : []));
    }),
  };
}

function methodStructure(signature: Signature): OptionalKind<MethodSignatureStructure> {
  const { name, paragraphs, generics, parameters, returns } = signature;
  return {
    name,
    docs: [commentLines(paragraphs, 2).join('\n')],
    typeParameters: [...generics],
    parameters: parameters.map(parameterStructure),
    returnType: returns,
  };
}

function parameterStructure({ name, type, optional }: SignatureParameter) {
  return { name, type, hasQuestionToken: optional };
}

/** Puts one parameter on each line if a signature is longer than a line. */
function breakLongSignatures(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const parts =
        line.length > lineWidth ? /^( {2}[\p{L}\p{N}$_]+(?:<[^(]*>)?\()(.*)(\): [^)]*;)$/u.exec(line) : null;
      if (parts === null) return line;
      const [, open, parameters = '', close] = parts;
      const each = parameters.split(/, (?=[\p{L}\p{N}$_]+\??: )/u).map((parameter) => `    ${parameter},\n`);
      return `${open}\n${each.join('')}  ${close}`;
    })
    .join('\n');
}
