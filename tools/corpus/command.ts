import { parseArgs } from 'node:util';
import { table } from '../../generator/emit/reference/markdown.js';
import { compile, compilers, placeFiles } from '../../generator/test-support/compile.js';
import { type CorpusDocument, documentsIn, PUBLIC_DOCUMENTS, SHAPES } from './documents.js';
import { errorsByFolder, type Generated, generateAll } from './generate-all.js';
import { findPeers, type Peer, runPeer } from './peers.js';

/**
 * Generates from every document of the corpus, type-checks the output with three versions of TypeScript, does the same
 * with two other generators, and prints a table. Exits with 1 if a document fails that openapi-typescript takes.
 *
 *     npm run corpus -- [--folder DIR]... [PART-OF-A-NAME]...
 */

type Version = keyof typeof compilers;

const VERSIONS = Object.keys(compilers) as readonly Version[];

/** What others write is meant for bundlers, and for projects with fewer of the strictest options. */
const LOOSE = {
  module: 'esnext',
  moduleResolution: 'bundler',
  noUnusedLocals: false,
  noUnusedParameters: false,
  exactOptionalPropertyTypes: false,
  noUncheckedIndexedAccess: false,
  noPropertyAccessFromIndexSignature: false,
  erasableSyntaxOnly: false,
};

const { positionals: wanted, values } = parseArgs({
  allowPositionals: true,
  options: { folder: { type: 'string', multiple: true, default: [PUBLIC_DOCUMENTS, SHAPES] } },
});
const documents = values.folder
  .flatMap(documentsIn)
  .filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const generated = await generateAll(documents);
const errors = await typeCheck(generated);
const peers = await findPeers();
const others = new Map<Peer, ReadonlyMap<string, string>>();
for (const peer of peers) others.set(peer, await tryPeer(peer, documents));

const rows = generated.map((one) => rowOf(one));
console.log(table(['document', 'warnings', 'generate', ...VERSIONS, ...peers.map(({ name }) => name)], rows));
const failures = generated.flatMap((one) => failuresOf(one));
for (const failure of failures) console.log(`\n${failure}`);
console.log(`\n${documents.length} documents, ${failures.length} failures`);
process.exitCode = generated.some((one) => failuresOf(one).length > 0 && takenByTypes(one)) ? 1 : 0;

/** The errors of our output, by version and document. */
async function typeCheck(all: readonly Generated[]): Promise<ReadonlyMap<Version, ReadonlyMap<string, string>>> {
  const { folder, remove } = placeFiles(all.flatMap(({ code }) => code));
  const results = new Map<Version, ReadonlyMap<string, string>>();
  for (const version of VERSIONS) {
    process.stderr.write(`TypeScript ${version}\n`);
    results.set(version, errorsByFolder(await compile(folder, version), folder));
  }
  remove();
  return results;
}

/** What another generator makes of the documents: `yes`, `refused`, or `does not compile`. */
async function tryPeer(peer: Peer, all: readonly CorpusDocument[]): Promise<ReadonlyMap<string, string>> {
  process.stderr.write(`${peer.name}\n`);
  const { folder, remove } = placeFiles([]);
  const written = new Set<string>();
  for (const document of all) if (await runPeer(peer, document, folder)) written.add(document.name);
  const wrong = errorsByFolder(written.size > 0 ? await compile(folder, '7.0', 'browser', LOOSE) : '', folder);
  remove();
  return new Map(
    all.map(({ name }) => [name, wrong.has(name) ? 'does not compile' : written.has(name) ? 'yes' : 'refused']),
  );
}

function rowOf({ document: { name }, warnings, code, problem }: Generated): readonly string[] {
  const compiled = VERSIONS.map((version) => (code.length === 0 ? '-' : errors.get(version)?.has(name) ? 'no' : 'yes'));
  return [
    name,
    warnings === undefined ? 'refused' : String(warnings),
    problem === undefined ? 'yes' : 'no',
    ...compiled,
    ...peers.map((peer) => others.get(peer)?.get(name) ?? ''),
  ];
}

function failuresOf({ document: { name }, problem }: Generated): readonly string[] {
  if (problem !== undefined) return [`${name}: ${problem}`];
  return VERSIONS.flatMap((version) => {
    const error = errors.get(version)?.get(name);
    return error === undefined ? [] : [`${name}, TypeScript ${version}: ${error}`];
  });
}

function takenByTypes({ document: { name } }: Generated): boolean {
  const types = peers.find((peer) => peer.name === 'openapi-typescript');
  return types !== undefined && others.get(types)?.get(name) !== 'refused';
}
