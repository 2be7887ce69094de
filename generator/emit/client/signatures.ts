import type { Contract, Schema } from '../../../contract/contract.js';
import { objectOr } from '../../../contract/json/json-value.js';
import type { BatchMethod, ClientMethod, PagesMethod } from '../../client/method.js';
import { batchParagraphs, methodParagraphs, pagesParagraphs } from '../text/docstring.js';
import { quote } from '../text/literal.js';
import { hasBodyChoice, hasChoice } from './client-types.js';

/** A method of an interface, or a function: its docstring, its type parameters, its parameters and its return type. */
export interface Signature {
  readonly name: string;
  readonly paragraphs: readonly string[];
  readonly generics: readonly string[];
  readonly parameters: readonly SignatureParameter[];
  readonly returns: string;
}

export interface SignatureParameter {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

/** The signatures of an operation: the call itself, the iterator over its pages, and the batch method. */
export interface Signatures {
  readonly call: Signature;
  readonly pages?: Signature;
  readonly batch?: Signature;
}

/** @param scope - what is written in front of the client's types: `types.`, or nothing */
export function signaturesOf(contract: Contract, method: ClientMethod, scope = ''): Signatures {
  const { types, pages, batch, path } = method;
  const given = argumentsOf(contract, method, scope);
  const accept = hasChoice(method) ? '<Accept>' : '';
  const call: Signature = {
    name: path.at(-1) ?? '',
    paragraphs: methodParagraphs(contract, method),
    generics: given.generics,
    parameters: ordered([...given.ids, ...given.input, given.options]),
    returns: `Promise<${scope}${types.result}${accept}>`,
  };
  return {
    call,
    ...(pages && { pages: pagesSignature(contract, method, pages, scope) }),
    ...(batch && { batch: batchSignature(contract, method, batch, scope) }),
  };
}

function pagesSignature(contract: Contract, method: ClientMethod, pages: PagesMethod, scope: string): Signature {
  const { types, query, headers, cookies } = method;
  const { ids, plain } = argumentsOf(contract, method, scope);
  const reserved = pages.reserved.map(quote).join(' | ');
  return {
    name: pages.name,
    paragraphs: pagesParagraphs(contract, method),
    generics: [],
    parameters: ordered([
      ...ids,
      ...(query
        ? [{ name: query.name, type: `Omit<${scope}${types.query}, ${reserved}>`, optional: !query.required }]
        : []),
      ...named([headers && [headers, types.headers], cookies && [cookies, types.cookies]], scope),
      plain,
    ]),
    returns: `AsyncGenerator<${scope}${types.item}, void>`,
  };
}

function batchSignature(contract: Contract, method: ClientMethod, batch: BatchMethod, scope: string): Signature {
  const { types, headers, cookies, query } = method;
  const { ids, plain } = argumentsOf(contract, method, scope);
  const entry = `readonly NonNullable<${scope}${types.body}[${quote(batch.property)}]>[number][]`;
  return {
    name: batch.name,
    paragraphs: batchParagraphs(contract, method),
    generics: [],
    parameters: ordered([
      ...ids,
      { name: batch.entries, type: entry, optional: false },
      ...named(
        [query && [query, types.query], headers && [headers, types.headers], cookies && [cookies, types.cookies]],
        scope,
      ),
      plain,
    ]),
    returns: `Promise<${scope}BatchResult<${scope}${types.failure}>>`,
  };
}

/** The parameters of a method by part, and its type parameters. */
interface GivenParameters {
  readonly generics: readonly string[];
  readonly ids: readonly SignatureParameter[];
  /** Body, query, headers and cookies, or one parameter with all of them. */
  readonly input: readonly SignatureParameter[];
  readonly options: SignatureParameter;
  /** The options without content types. */
  readonly plain: SignatureParameter;
}

function argumentsOf(contract: Contract, method: ClientMethod, scope: string): GivenParameters {
  const { types, body, query, headers, cookies, input, accept = [] } = method;
  const ids = method.ids.map(({ name, parameter }) => ({
    name,
    type: idType(contract, parameter.schema),
    optional: false,
  }));
  const byType = hasBodyChoice(method);
  const bodyType = byType ? `${types.bodies}[ContentType]` : types.body;
  const chosen = [
    ...(hasChoice(method) ? ['readonly accept?: Accept'] : []),
    ...(byType ? ['readonly contentType?: ContentType'] : []),
  ];
  const plain = { name: 'options', type: `${scope}RequestOptions`, optional: true };
  return {
    ids,
    generics: [
      ...(hasChoice(method) ? [`Accept extends ${scope}${types.accept} = ${quote(accept[0]?.type ?? '')}`] : []),
      ...(byType ? [`ContentType extends keyof ${scope}${types.bodies} = ${quote(body?.type ?? '')}`] : []),
    ],
    input: input
      ? named([[input, `${types.input}${byType ? '<ContentType>' : ''}`]], scope)
      : named(
          [
            body && [body, bodyType],
            query && [query, types.query],
            headers && [headers, types.headers],
            cookies && [cookies, types.cookies],
          ],
          scope,
        ),
    options: chosen.length > 0 ? { ...plain, type: `${plain.type} & { ${chosen.join('; ')} }` } : plain,
    plain,
  };
}

type NamedArgument = readonly [argument: { readonly name: string; readonly required: boolean }, type: string];

function named(given: readonly (NamedArgument | undefined)[], scope: string): readonly SignatureParameter[] {
  return given.flatMap((one) =>
    one === undefined ? [] : [{ name: one[0].name, type: `${scope}${one[1]}`, optional: !one[0].required }],
  );
}

/** An optional parameter cannot precede a required one: it is `undefined` instead. */
function ordered(parameters: readonly SignatureParameter[]): readonly SignatureParameter[] {
  const lastRequired = parameters.findLastIndex(({ optional }) => !optional);
  return parameters.map((parameter, index) =>
    parameter.optional && index < lastRequired
      ? { ...parameter, type: `${parameter.type} | undefined`, optional: false }
      : parameter,
  );
}

/** The type of an id: a number or a string, whatever its format; or a list or an object in other styles. */
function idType(contract: Contract, schema: Schema, isEntry = false): string {
  const { type, items } = contract.resolve(schema);
  const one = [type].flat().find((name) => name !== 'null');
  // No path has lists of lists, and a list may be its own entry.
  if (one === 'array' && !isEntry) return `readonly ${idType(contract, objectOr(items), true)}[]`;
  if (one === 'object') return 'Readonly<Record<string, string | number | boolean>>';
  if (one === 'boolean') return 'boolean';
  return one === 'integer' || one === 'number' ? 'number' : 'string';
}
