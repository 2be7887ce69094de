import type { Json } from '../../../../contract/contract.js';
import { isObject } from '../../../../contract/pointer.js';
import type { Sdk, SdkType } from '../../../../contract/vocabulary.js';
import { inC } from '../correct/escape.js';
import { piecesOf, withNames } from '../placeholder.js';
import type { SampleSource } from '../sample-source.js';
import { sdkLanguage } from './sdk-sample.js';

/** Ids come first; query and body are one argument, made with the builders of its types. */
export const JAVA_SDK = sdkLanguage({ key: 'java-sdk', label: 'Java SDK', syntax: 'java' }, (source, sdk, method) => {
  const signature = sdk.signatures.get(source.method.operation.id);
  if (signature === undefined) return { omitted: 'The types of the method of the SDK are not known.' };
  const { ids, query, body } = source.request;
  const program = new JavaValues(sdk);
  const named = { ...Object.fromEntries(query), ...(isObject(body?.value) ? body.value : {}) };
  const value = Array.isArray(body?.value) ? body.value : named;
  const request = Object.keys(value).length === 0 ? undefined : program.written(value, signature.takes ?? '', 1);
  if (program.unknown !== undefined) {
    return { omitted: `The SDK has no type for the value ${withNames(JSON.stringify(program.unknown))}.` };
  }
  const given = [...ids.map((id) => textOf(String(id))), ...(request === undefined ? [] : ['request'])];
  const call = `management.${method.replaceAll('.', '().')}(${given.join(', ')})`;
  return programOf(source, sdk, {
    imports: program.imports(),
    lines: [
      `var management = ${sdk.client};`,
      ...(request === undefined ? [] : [`var request = ${request};`]),
      ...WRITTEN[signature.returns](call),
    ],
  });
});

const INDENT = '    ';

const WRITTEN: Readonly<Record<'nothing' | 'value' | 'pages', (call: string) => readonly string[]>> = {
  nothing: (call) => [`${call};`],
  value: (call) => [`var result = ${call};`, 'System.out.println(result);'],
  pages: (call) => [`for (var item : ${call}) {`, `${INDENT}System.out.println(item);`, '}'],
};

function programOf(
  { placeholders }: SampleSource,
  sdk: Sdk,
  { imports, lines }: { readonly imports: readonly string[]; readonly lines: readonly string[] },
): string {
  return [
    ...[sdk.import, ...imports.map((name) => `import ${name};`)].sort(),
    '',
    'public class Sample {',
    ...placeholders.map(({ name }) => `${INDENT}static final String ${name} = "${name}";`),
    '',
    `${INDENT}public static void main(String[] arguments) {`,
    ...lines.flatMap((line) => line.split('\n')).map((line) => INDENT.repeat(2) + line),
    `${INDENT}}`,
    '}',
  ].join('\n');
}

/** The types that have literals. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ['Boolean', 'boolean'],
  ['boolean', 'boolean'],
  ['Integer', 'number'],
  ['int', 'number'],
  ['Double', 'number'],
  ['double', 'number'],
]);

/** Writes values by the types that the contract lists, and notes which classes the program needs. */
class JavaValues {
  readonly #sdk: Sdk;
  readonly #imports = new Set<string>();
  /** A value for which the contract lists no type. */
  unknown: Json | undefined;

  constructor(sdk: Sdk) {
    this.#sdk = sdk;
  }

  imports(): readonly string[] {
    return [...this.#imports].sort();
  }

  /** @param depth - how far the line of the value is indented, in steps */
  written(value: Json, takes: string, depth: number): string {
    const item = /^List<(.*)>$/.exec(takes)?.[1];
    if (item !== undefined && Array.isArray(value)) return this.#list(value, item, depth);
    const type = this.#sdk.types.get(takes);
    if (type !== undefined) return this.#ofType(value, type, { name: this.#imported(takes), depth });
    if (typeof value === 'string' && takes === 'String') return textOf(value);
    if (typeof value === 'string' && takes.startsWith('java.time.')) {
      return `${this.#imported(takes)}.parse(${textOf(value)})`;
    }
    if (PLAIN.get(takes) === typeof value) return String(value);
    this.unknown = value;
    return '';
  }

  #list(value: readonly Json[], item: string, depth: number): string {
    this.#imported('java.util.List');
    const items = value.map((entry) => this.written(entry, item, depth + 1));
    const line = `List.of(${items.join(', ')})`;
    if (items.length < 2 || (!line.includes('\n') && line.length <= 80)) return line;
    const margin = INDENT.repeat(depth);
    return `List.of(\n${items.map((entry) => margin + entry).join(',\n')})`;
  }

  #ofType(value: Json, type: SdkType, { name, depth }: { readonly name: string; readonly depth: number }): string {
    if (type.kind === 'wrapped') return `${name}.of(${this.written(value, type.of, depth)})`;
    if (type.kind === 'enumerated') {
      const constant = typeof value === 'string' ? type.constants.get(value) : undefined;
      if (constant === undefined) this.unknown = value;
      return `${name}.${constant}`;
    }
    const entries = isObject(value) ? value : {};
    const steps = [...type.properties].flatMap(([property, { method, takes }]) =>
      entries[property] === undefined ? [] : [`.${method}(${this.written(entries[property], takes, depth + 1)})`],
    );
    if (steps.length < Object.keys(entries).length || !isObject(value)) this.unknown = value;
    const margin = INDENT.repeat(depth);
    return [`${name}.builder()`, ...[...steps, '.build()'].map((step) => margin + step)].join('\n');
  }

  /** The name of a class in the program. */
  #imported(name: string): string {
    if (name.includes('.')) this.#imports.add(name);
    return name.split('.').at(-1) ?? name;
  }
}

function textOf(value: string): string {
  const parts = piecesOf(value).map((piece) => (typeof piece === 'string' ? `"${inC(piece)}"` : piece.name));
  return parts.length === 0 ? '""' : parts.join(' + ');
}
