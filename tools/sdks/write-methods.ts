import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, parseDocument, type YAMLMap } from 'yaml';
import type { Contract, Json, Operation } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { isObject } from '../../contract/pointer.js';
import { Driver } from './driver.js';
import { installed } from './install.js';
import type { TypedSignature } from './protocol.js';
import { SDKS } from './sdk.js';

/**
 * `npm run sdks:methods`: asks the provider's SDKs which method sends which request, and writes the methods of the
 * contract's operations into `spec/components/sdks.yaml`, for samples; of SDKs whose programs name types, also the types
 * that the examples of the contract need. Runs as the command of `rolecall tenant --`.
 */
const WANTED: Readonly<Record<string, WantedSdk>> = {
  'node-sdk': { start: 'npm auth0 7', isTyped: false },
  'python-sdk': { start: 'PyPI auth0-python 6', isTyped: false },
  'java-sdk': { start: 'Maven com.auth0:auth0 3', isTyped: true },
};

const FILE = join(packageRoot(), 'spec', 'components', 'sdks.yaml');

interface WantedSdk {
  /** How its name begins. */
  readonly start: string;
  readonly isTyped: boolean;
}

/** The sections of an SDK that are written, in their order. */
interface Sections {
  readonly methods: Readonly<Record<string, string>>;
  readonly signatures?: Readonly<Record<string, Partial<Pick<TypedSignature, 'takes' | 'returns'>>>>;
  readonly types?: TypedSignature['types'];
}

async function sectionsOf(contract: Contract, { start, isTyped }: WantedSdk): Promise<Sections> {
  const sdk = SDKS.find(({ name }) => name.startsWith(start));
  if (sdk === undefined) throw new Error(`there is no SDK called ${start}`);
  const folder = await installed(sdk);
  const paths = {
    folder,
    built: join(packageRoot(), 'build', 'tools', 'sdks', 'drivers'),
    sources: join(packageRoot(), 'tools', 'sdks', 'drivers'),
  };
  const driver = await Driver.start(sdk.driver(paths), folder);
  try {
    const found = contract.operations.flatMap((operation): [Operation, string][] => {
      const template = operation.path.replaceAll(/\{[^}]*\}/g, '{}');
      const [first, ...others] = driver.methods.filter((one) => one.verb === operation.method && one.path === template);
      return first === undefined || others.length > 0 ? [] : [[operation, first.name]];
    });
    const methods = Object.fromEntries(found.map(([{ id }, name]) => [id, name]));
    return isTyped ? { methods, ...(await typesOf(contract, driver, found)) } : { methods };
  } finally {
    driver.stop();
  }
}

async function typesOf(
  contract: Contract,
  driver: Driver,
  methods: readonly (readonly [Operation, string])[],
): Promise<Pick<Sections, 'signatures' | 'types'>> {
  const signatures: Record<string, Partial<TypedSignature>> = {};
  let types: TypedSignature['types'] = {};
  for (const [operation, method] of methods) {
    const signature = await driver.signature({ method, values: valuesOf(contract, operation) });
    if (signature.error !== undefined) {
      console.error(`${operation.id}: ${signature.error}`);
      continue;
    }
    const { takes, returns } = signature;
    signatures[operation.id] = { ...(takes && { takes }), ...(returns !== 'value' && { returns }) };
    types = signature.types;
  }
  return { signatures, types };
}

/** Query and body of the example of an operation, and of the tasks that it does. */
function valuesOf({ tasks }: Contract, { id, parameters, requestBody }: Operation): readonly Json[] {
  const query = Object.fromEntries(
    parameters.filter((one) => one.in === 'query' && one.required).map(({ name, example = '' }) => [name, example]),
  );
  const bodies = [
    requestBody?.content[0]?.example,
    ...[...tasks.values()].filter(({ operation }) => operation === id).map(({ body }) => body),
  ];
  return bodies
    .map((body) => (Array.isArray(body) ? body : { ...query, ...(isObject(body) ? body : {}) }))
    .filter((value) => Object.keys(value).length > 0);
}

/** One line for what is deepest. */
function write(document: Document, language: string, sections: Sections): void {
  for (const [section, content] of Object.entries(sections)) {
    const node = document.createNode(content);
    if (isMap(node)) for (const { value } of node.items) if (isMap(value)) shorten(value);
    document.setIn([language, section], node);
  }
}

function shorten(node: YAMLMap): void {
  const inner = node.items.map(({ value }) => value).filter((value) => isMap(value));
  if (inner.length === 0) node.flow = true;
  for (const value of inner) shorten(value);
}

const contract = await defaultContract();
const document = parseDocument(readFileSync(FILE, 'utf8'));
for (const [language, sdk] of Object.entries(WANTED)) write(document, language, await sectionsOf(contract, sdk));
writeFileSync(FILE, document.toString({ lineWidth: 0, flowCollectionPadding: false }));
