import type { Contract, Parameter } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import { otherServerInWords } from '../../client/server.js';
import { pagePath } from '../reference/page-path.js';
import { accessInWords, evidenceInWords, limitsInWords, responseInWords } from './wording.js';

/** The docstring of a method: what it does, its scopes and limits, every response, and the source. */
export function methodParagraphs(contract: Contract, method: ClientMethod): readonly string[] {
  const { operation } = method;
  const evidence = evidenceInWords(contract.evidenceAt(operation.pointer));
  return [
    sentence(operation.summary || `${operation.method} ${operation.path}`),
    operation.description === operation.summary ? '' : operation.description,
    accessInWords(contract, operation),
    otherServerInWords(contract, operation),
    method.unsentBody
      ? `The document has a request body here. The client does not send it: \`fetch\` rejects a body with ${operation.method}.`
      : '',
    limitsInWords(contract, operation).join('\n\n'),
    operation.responses.map((response) => `- ${oneLine(responseInWords(response))}`).join('\n'),
    evidence && `Source: ${evidence}.`,
    [
      ...parameterTags(method),
      `@see ${pagePath(contract, operation)}`,
      ...(operation.deprecated ? ['@deprecated'] : []),
    ].join('\n'),
  ];
}

/** The docstring of the method that walks all pages. */
export function pagesParagraphs(contract: Contract, { operation, path, pages }: ClientMethod): readonly string[] {
  const how = pages?.cursor === undefined ? 'page number' : 'checkpoint';
  return [
    `Iterates over all items of \`${path.at(-1)}\` by ${how}. Each page is requested when the previous one is used up.`,
    accessInWords(contract, operation),
    '@throws ResponseError for a page that is not a success.',
  ];
}

/** The docstring of the method that takes any number of entries. */
export function batchParagraphs(contract: Contract, { operation, path, batch }: ClientMethod): readonly string[] {
  return [
    `Calls \`${path.at(-1)}\` for any number of entries, at most ${batch?.size} per request, one request after the other.`,
    'Not atomic: it stops at the first error, and entries accepted before stay. `accepted` counts them, also on errors thrown.',
    accessInWords(contract, operation),
  ];
}

function parameterTags({ ids, body, query, headers, cookies }: ClientMethod): readonly string[] {
  const tag = (name: string, text: string) => `@param ${name}${text.trim() === '' ? '' : ` - ${oneLine(text)}`}`;
  return [
    ...ids.map(({ name, parameter }) => tag(name, parameter.description)),
    ...(body ? [tag(body.name, body.description)] : []),
    ...[query, headers, cookies].flatMap((one) => (one ? [tag(one.name, inCode(one.parameters))] : [])),
  ];
}

function inCode(parameters: readonly Parameter[]): string {
  return parameters.map(({ name, required }) => `\`${name}\`${required ? ' (required)' : ''}`).join(', ');
}

export function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** A list item or a tag must be a single paragraph. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
