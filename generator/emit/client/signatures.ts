import type { Contract } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import { batchParagraphs, methodParagraphs, pagesParagraphs } from '../text/docstring.js';
import { quote } from '../text/literal.js';

/** A method of an interface: the paragraphs of its docstring, its parameters and its return type. */
export interface Signature {
  readonly name: string;
  readonly paragraphs: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly type: string; readonly optional: boolean }[];
  readonly returns: string;
}

/** The signatures of an operation: the call itself, the iterator over its pages, and the batch method. */
export function signaturesOf(contract: Contract, method: ClientMethod): readonly Signature[] {
  const { types, body, query, pages, batch, path } = method;
  const ids = method.ids.map(({ name, parameter }) => ({
    name,
    type: idType(contract, parameter.schema),
    optional: false,
  }));
  const options = { name: 'options', type: 'RequestOptions', optional: true };
  const queries = query ? [{ name: query.name, type: types.query, optional: !query.required }] : [];
  const bodies = body
    ? // An optional parameter cannot precede a required one.
      body.required || !query?.required
      ? [{ name: body.name, type: types.body, optional: !body.required }]
      : [{ name: body.name, type: `${types.body} | undefined`, optional: false }]
    : [];
  const signatures: Signature[] = [
    {
      name: path.at(-1) ?? '',
      paragraphs: methodParagraphs(contract, method),
      parameters: [...ids, ...bodies, ...queries, options],
      returns: `Promise<${types.result}>`,
    },
  ];
  if (pages) {
    const reserved = pages.reserved.map(quote).join(' | ');
    signatures.push({
      name: pages.name,
      paragraphs: pagesParagraphs(contract, method),
      parameters: [...ids, ...queries.map((one) => ({ ...one, type: `Omit<${types.query}, ${reserved}>` })), options],
      returns: `AsyncGenerator<${types.item}, void>`,
    });
  }
  if (batch) {
    const entry = `readonly NonNullable<${types.body}[${quote(batch.property)}]>[number][]`;
    signatures.push({
      name: batch.name,
      paragraphs: batchParagraphs(contract, method),
      parameters: [...ids, { name: batch.entries, type: entry, optional: false }, options],
      returns: `Promise<BatchResult<${types.failure}>>`,
    });
  }
  return signatures;
}

/** The type of an id: a number or a string, whatever its format. */
function idType(contract: Contract, schema: Parameters<Contract['resolve']>[0]): string {
  const { type } = contract.resolve(schema);
  return type === 'integer' || type === 'number' ? 'number' : 'string';
}
