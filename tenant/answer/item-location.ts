import type { Contract, Operation } from '../../contract/contract.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';

/** The path of an item of the collection at a path. */
export function itemPath(collection: string, key: string): string {
  return `${collection.replace(/\/*(\?.*)?$/, '')}/${encodeURIComponent(key)}`;
}

/**
 * What a `Location` holds by the document: a path, or a whole URL where it has the format of one. Nothing where the response
 * lists no such header.
 */
export function locationForm(contract: Contract, operation: Operation, status: number): 'path' | 'url' | undefined {
  const response = operation.responses.find((each) => each.status === String(status));
  const header = response?.headers.find(({ name }) => name === 'location');
  if (header === undefined) return undefined;
  const { format } = mergedSchema(contract, header.schema);
  return format === 'uri' || format === 'url' || format === 'iri' ? 'url' : 'path';
}
