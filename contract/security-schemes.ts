import type { Contract, JsonObject } from './contract.js';
import { objectOr } from './json/json-value.js';

type Document = Pick<Contract, 'document' | 'resolve'>;

/** The names of the security schemes of a document. */
export function securitySchemeNames({ document }: Document): readonly string[] {
  return Object.keys(objectOr(objectOr(document.components).securitySchemes));
}

/** A security scheme, behind references to others; empty if the document has none with this name. */
export function securitySchemeOf(contract: Document, name: string): JsonObject {
  const schemes = objectOr(objectOr(contract.document.components).securitySchemes);
  return Object.hasOwn(schemes, name) ? contract.resolve(objectOr(schemes[name])) : {};
}
