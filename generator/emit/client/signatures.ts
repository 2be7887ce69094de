import type { Contract } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import { batchParagraphs, methodParagraphs, pagesParagraphs } from '../text/docstring.js';
import { quote } from '../text/literal.js';

/** A method of an interface: the paragraphs of its docstring, its parameters and its return type. */
export interface Signature {
  readonly name: string;
  readonly paragraphs: readonly string[];
  readonly parameters: readonly SignatureParameter[];
  readonly returns: string;
}

interface SignatureParameter {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

/** The signatures of an operation: the call itself, the iterator over its pages, and the batch method. */
export function signaturesOf(contract: Contract, method: ClientMethod): readonly Signature[] {
  const { types, body, query, headers, cookies, pages, batch, path } = method;
  const ids = method.ids.map(({ name, parameter }) => ({
    name,
    type: idType(contract, parameter.schema),
    optional: false,
  }));
  const options = { name: 'options', type: 'RequestOptions', optional: true };
  const queries = query ? [{ name: query.name, type: types.query, optional: !query.required }] : [];
  const bodies = body ? [{ name: body.name, type: types.body, optional: !body.required }] : [];
  const last = [
    ...(headers ? [{ name: headers.name, type: types.headers, optional: !headers.required }] : []),
    ...(cookies ? [{ name: cookies.name, type: types.cookies, optional: !cookies.required }] : []),
    options,
  ];
  const signatures: Signature[] = [
    {
      name: path.at(-1) ?? '',
      paragraphs: methodParagraphs(contract, method),
      parameters: ordered([...ids, ...bodies, ...queries, ...last]),
      returns: `Promise<${types.result}>`,
    },
  ];
  if (pages) {
    const reserved = pages.reserved.map(quote).join(' | ');
    signatures.push({
      name: pages.name,
      paragraphs: pagesParagraphs(contract, method),
      parameters: ordered([
        ...ids,
        ...queries.map((one) => ({ ...one, type: `Omit<${types.query}, ${reserved}>` })),
        ...last,
      ]),
      returns: `AsyncGenerator<${types.item}, void>`,
    });
  }
  if (batch) {
    const entry = `readonly NonNullable<${types.body}[${quote(batch.property)}]>[number][]`;
    signatures.push({
      name: batch.name,
      paragraphs: batchParagraphs(contract, method),
      parameters: ordered([...ids, { name: batch.entries, type: entry, optional: false }, ...last]),
      returns: `Promise<BatchResult<${types.failure}>>`,
    });
  }
  return signatures;
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

/** The type of an id: a number or a string, whatever its format. */
function idType(contract: Contract, schema: Parameters<Contract['resolve']>[0]): string {
  const { type } = contract.resolve(schema);
  return type === 'integer' || type === 'number' ? 'number' : 'string';
}
