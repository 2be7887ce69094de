import { join } from 'node:path';
import { type ExportedDeclarations, type FunctionDeclaration, type JSDoc, Node, Project } from 'ts-morph';
import { code, line, page } from '../../generator/emit/reference/markdown.js';

/** Where the page is, from the root. */
export const API_PAGE = 'docs/api.md';

/** The modules of the package whose users write code against them, by the entry that exports each. */
const MODULES: Readonly<Record<string, { readonly entry: string; readonly purpose: string }>> = {
  rolecall: {
    entry: 'index',
    purpose: 'The commands as functions, the error classes, and the types of a contract.',
  },
  'rolecall/tenant': {
    entry: 'tenant/tenant',
    purpose: 'The embedded tenant, in the process of your test or over HTTP, and the client of its control API.',
  },
  'rolecall/testing': {
    entry: 'tenant/testing/testing',
    purpose: 'A tenant for each test file or worker, with its initial state in each test.',
  },
  'rolecall/vitest': { entry: 'conformance/vitest', purpose: 'The conformance suite as tests of Vitest.' },
  'rolecall/contract': { entry: 'contract/load/load', purpose: 'Contracts from files.' },
};

const HEAD = `<!-- Written by \`npm run docs\` from the declarations; \`npm run lint:package\` keeps it current. -->

# API

What each module of the package exports. The generated client, \`rolecall/client\` and \`rolecall/functions\`, is
documented in the folder that \`rolecall generate\` writes.`;

/** An export of a module: its name, its declarations, and the comment of the first one that has one. */
interface Exported {
  readonly name: string;
  readonly declarations: readonly ExportedDeclarations[];
  readonly doc: JSDoc | undefined;
}

/** The page, and the exports without a docstring as \`module: name\`. */
export interface ApiPage {
  readonly text: string;
  readonly undocumented: readonly string[];
}

/** The text of `docs/api.md`. @param dist - the built package, with declarations */
export function apiPage(dist: string): ApiPage {
  const project = new Project({
    // Declarations name all that they use: neither a library nor packages are needed.
    compilerOptions: { module: 199, moduleResolution: 99, target: 99, noLib: true, types: [] },
    skipAddingFilesFromTsConfig: true,
  });
  const sources = Object.entries(MODULES).map(([module, about]) => {
    const source = project.addSourceFileAtPath(join(dist, `${about.entry}.d.ts`));
    return { module, purpose: about.purpose, source };
  });
  project.resolveSourceFileDependencies();
  const printed = new Map<ExportedDeclarations, string>();
  const undocumented: string[] = [];
  const parts = sources.flatMap(({ module, purpose, source }) => {
    const exported = [...source.getExportedDeclarations()].map(([name, declarations]) => exportOf(name, declarations));
    undocumented.push(...exported.filter(({ doc }) => doc === undefined).map(({ name }) => `${module}: ${name}`));
    const isNew = ({ declarations: [first] }: Exported) => first === undefined || !printed.has(first);
    const fresh = exported.filter(isNew);
    const again = exported.filter((each) => !isNew(each)).map(({ name }) => code(name));
    for (const { declarations } of fresh) for (const each of declarations) printed.set(each, module);
    return [
      `## ${code(module)}`,
      purpose,
      ...fresh.filter(isCallable).map(describe),
      ...(again.length === 0 ? [] : [`It also exports ${again.join(', ')}, which are described above.`]),
      ...typesPart(fresh.filter((each) => !isCallable(each))),
    ];
  });
  return { text: page([HEAD, ...parts]), undocumented };
}

function exportOf(name: string, declarations: readonly ExportedDeclarations[]): Exported {
  const docs = declarations.flatMap((each) => (Node.isJSDocable(each) ? each.getJsDocs().slice(-1) : []));
  return { name, declarations, doc: docs[0] };
}

function isCallable({ declarations }: Exported): boolean {
  return declarations.some((each) => Node.isFunctionDeclaration(each) || Node.isClassDeclaration(each));
}

/** A function or a class: its signature, what it does, its parameters, and the errors it throws. */
function describe({ name, declarations, doc }: Exported): string {
  const functions = declarations.filter(Node.isFunctionDeclaration);
  const isClass = functions.length === 0;
  return [
    `### ${code(isClass ? name : `${name}()`)}`,
    ...(isClass ? [] : [fenced(functions.map(signature).join('\n'))]),
    ...(doc === undefined ? [] : [doc.getDescription().trim(), tagList(doc)]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** `verify(options?: VerifyOptions): AsyncGenerator<VerifyEvent>`, as it is declared. */
function signature(declaration: FunctionDeclaration): string {
  return declaration.getText().replace(/^export (declare )?(async )?function /, '');
}

function tagList(doc: JSDoc): string {
  return doc
    .getTags()
    .map((tag) => {
      const text = line(tag.getCommentText() ?? '').replace(/^- /, '');
      if (Node.isJSDocParameterTag(tag)) return `- ${code(tag.getName())}: ${text}`;
      return `- ${TAGS[tag.getTagName()] ?? `${tag.getTagName()}:`} ${text}`;
    })
    .join('\n');
}

const TAGS: Readonly<Record<string, string>> = { returns: 'Returns', throws: 'Throws', see: 'See' };

function typesPart(types: readonly Exported[]): readonly string[] {
  if (types.length === 0) return [];
  const texts = types.map(({ declarations }) => declarations.map(declarationText).join('\n\n'));
  return ['### Types', fenced(texts.join('\n\n'))];
}

/** With its comment, which describes it and its properties. */
function declarationText(declaration: ExportedDeclarations): string {
  const docs = Node.isJSDocable(declaration) ? declaration.getJsDocs() : [];
  const comment = docs.at(-1)?.getText();
  const bare = declaration.getText(false).replace(/^export (declare )?/, '');
  return (comment === undefined ? bare : `${comment}\n${bare}`).replaceAll('    ', '  ');
}

function fenced(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}
