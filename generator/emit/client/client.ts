import type { Contract } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import type { ClientGroup, ClientPlan } from '../../client/plan.js';
import { runtimeErrors, runtimeTypes } from '../../client/runtime-types.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader, comment, commentLines } from '../text/comment.js';
import { quote } from '../text/literal.js';
import { methodTypes } from './client-types.js';
import { rememberNothing } from './code-memory.js';
import { type Signature, type SignatureParameter, signaturesOf } from './signatures.js';

const lineWidth = 120;

/** Emits `client.ts`: documented types and interfaces, and `createClient`. */
export function emitClient(contract: Contract, plan: ClientPlan, remember = rememberNothing): GeneratedFile {
  const types = plan.methods.flatMap((method) => remember('types', method, () => methodTypes(contract, method)));
  const members = (method: ClientMethod) => remember('members', method, () => methodMembers(contract, method));
  const interfaces = groupsOf(plan.root).map((group) => groupInterface(contract, group, members));
  const parts = [optionsType(plan), types.join('\n'), [...interfaces, createClient(contract)].join('\n')];
  const body = parts.filter((text) => text !== '').join('\n\n');
  return { path: 'client.ts', text: `${codeHeader}${imports(body)}\n${body}` };
}

/** What every module that sends requests exports beside. */
export const runtimeExports = `export {
${runtimeErrors.map((name) => `  ${name},\n`).join('')}} from './runtime/errors.js';
export { unwrap } from './runtime/result.js';`;

function imports(body: string): string {
  // Neither comments nor strings: a security scheme may have the name of a type.
  const code = body.replace(/\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'/g, '');
  // Most names are not part of any word, which is quick to see.
  const used = (name: string) =>
    code.includes(name) && new RegExp(`(?<![\\p{L}\\p{N}$_])${name}(?![\\p{L}\\p{N}$_])`, 'u').test(code);
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
  contract: Contract,
  { path, type, groups, methods }: ClientGroup,
  membersOf: (method: ClientMethod) => string,
): string {
  const description = path.length === 0 ? contract.title : `\`client.${path.join('.')}\``;
  const members = [
    ...groups.map((group) => `  readonly ${group.path.at(-1)}: ${group.type};\n`),
    ...methods.map(membersOf),
  ];
  return `${docstring([description], 0)}export interface ${type} {\n${members.join('')}}\n`;
}

/** The members of its group that a method has: itself, and those that walk pages or send batches. */
function methodMembers(contract: Contract, method: ClientMethod): string {
  const { call, pages, batch } = signaturesOf(contract, method);
  return [call, pages, batch].flatMap((one) => (one ? [methodSignature(one)] : [])).join('');
}

function methodSignature({ name, paragraphs, generics, parameters, returns }: Signature): string {
  const open = `  ${name}${generics.length > 0 ? `<${generics.join(', ')}>` : ''}(`;
  const given = parameters.map(parameterText);
  const line = `${open}${given.join(', ')}): ${returns};\n`;
  const text =
    line.length <= lineWidth + 1 ? line : `${open}\n${given.map((one) => `    ${one},\n`).join('')}  ): ${returns};\n`;
  return docstring(paragraphs, 2) + text;
}

function parameterText({ name, type, optional }: SignatureParameter): string {
  return `${name}${optional ? '?' : ''}: ${type}`;
}

function createClient({ title }: Contract): string {
  return `${docstring([`Creates a client for ${title}. Nothing is sent until a method is called.`], 0)}export function createClient(options: ClientOptions): Client {
  return bindRoutes<Client>(routes(), connectTo(server, options));
}
`;
}

/** A comment above a declaration, with its line break; on a line of its own even if that is a little too long. */
function docstring(paragraphs: readonly string[], indentation: number): string {
  const lines = commentLines(paragraphs, indentation);
  const margin = ' '.repeat(indentation);
  if (lines.length < 2) return `${margin}/** ${lines.map((line) => `${line} `).join('')}*/\n`;
  return `${margin}/**\n${lines.map((line) => `${margin} *${line === '' ? '' : ` ${line}`}\n`).join('')}${margin} */\n`;
}
