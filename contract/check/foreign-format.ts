import type { Json, JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';
import type { Flaw } from './flaw.js';

/** By the field that has its version: what a document is if it is not OpenAPI, and what to do. */
const FORMATS: Readonly<Record<string, (document: JsonObject, version: string) => string>> = {
  swagger: (_, version) => `this is Swagger ${version}; expected a file in OpenAPI 3.0, 3.1 or 3.2, or in Swagger 2.0`,
  arazzo: ({ sourceDescriptions }, version) =>
    `this is Arazzo ${version}, which describes workflows; pass the OpenAPI document that it is about${sourcesOf(sourceDescriptions)}`,
  overlay: (_, version) =>
    `this is an overlay (version ${version}), which changes an OpenAPI document; pass it with --overlay, and the document with --spec`,
  asyncapi: (_, version) => `this is AsyncAPI ${version}, which describes messages; expected an OpenAPI document`,
};

/** Names a document in another format than OpenAPI; nothing if it has no format that is known. */
export function foreignFormat(document: JsonObject): Flaw | undefined {
  for (const [field, describe] of Object.entries(FORMATS)) {
    const version = document[field];
    if (version !== undefined) return { pointer: `/${field}`, message: describe(document, String(version)) };
  }
  return undefined;
}

/** `: ./pets.yaml or ./shop.yaml` */
function sourcesOf(sources: Json | undefined): string {
  const urls = (Array.isArray(sources) ? sources : []).flatMap((source: Json) =>
    isObject(source) && typeof source.url === 'string' && source.type !== 'arazzo' ? [source.url] : [],
  );
  return urls.length === 0 ? '' : `: ${urls.join(' or ')}`;
}
