import type { Json, JsonObject, Operation } from '../../../contract/contract.js';
import { objectOr } from '../../../contract/json/json-value.js';
import { isObject } from '../../../contract/pointer.js';
import { bareName } from '../../../contract/text/bare-name.js';
import { PAGING_NAMES, type UsualPages } from '../../../contract/usual-pages.js';
import type { TargetResponse } from '../../target/exchange.js';

/**
 * From how many entries on an answer may leave others out, although the contract does not say that the listing is paged:
 * undefined where nothing shows that it is.
 */
export function fullPage({ parameters }: Operation): number | undefined {
  const ofQuery = parameters.filter(({ in: place }) => place === 'query');
  const sizes = ofQuery.filter(({ name }) => PAGING_NAMES.size.has(bareName(name)));
  const [usual] = sizes.map(({ schema }) => schema.default).filter((value) => typeof value === 'number');
  const isPaged = ofQuery.some(({ name }) => Object.values(PAGING_NAMES).some((names) => names.has(bareName(name))));
  return isPaged ? (usual ?? SMALLEST_DEFAULT) : undefined;
}

/** Servers rarely give fewer entries than this unless told to. */
const SMALLEST_DEFAULT = 10;

/** What a query says to get a page. */
export function usualPageQuery(
  { by, parameter, first, size }: UsualPages,
  at: { readonly page: number; readonly entriesBefore: number; readonly next: Json | undefined; readonly size: number },
): JsonObject {
  const ofSize: JsonObject = size === undefined || !Number.isFinite(at.size) ? {} : { [size.name]: at.size };
  if (at.page === 0) return ofSize;
  const place = { number: first + at.page, offset: at.entriesBefore, cursor: at.next }[by];
  return { ...ofSize, ...(place === undefined ? {} : { [parameter.name]: place }) };
}

/**
 * The value that leads to the next page: a property called `next…`, of the answer or of an object in it; or what the
 * parameter has in an address, of such a property or of a `Link` header (RFC 8288).
 */
export function usualNext(
  { json, headers }: Pick<TargetResponse, 'json' | 'headers'>,
  parameter: string,
): Json | undefined {
  const inBody = [json, ...Object.values(objectOr(json)).filter(isObject)].flatMap((inside) =>
    Object.entries(objectOr(inside)).flatMap(([name, value]) => (/^next/.test(bareName(name)) ? [value] : [])),
  );
  const values = inBody.flatMap((value): readonly Json[] => {
    if (typeof value === 'number') return [value];
    if (typeof value !== 'string') return [];
    return ADDRESS.test(value) ? inQuery(value, parameter) : [value];
  });
  const linked = linksIn(headers.link ?? '', 'next').flatMap((address) => inQuery(address, parameter));
  return [...values, ...linked].find((value) => value !== '');
}

const ADDRESS = /^(https?:|\/|\?)/;

function inQuery(address: string, parameter: string): readonly string[] {
  return new URLSearchParams(address.split('#')[0]?.split('?')[1] ?? '').getAll(parameter);
}

/** The addresses in a `Link` header that have this relation. */
function linksIn(header: string, relation: string): readonly string[] {
  return [...header.matchAll(LINK)].flatMap(([, address = '', parameters = '']) => {
    const [relations = ''] = [...parameters.matchAll(PARAMETER)].flatMap(([, name = '', quoted, plain = '']) =>
      name.toLowerCase() === 'rel' ? [quoted ?? plain] : [],
    );
    return relations.toLowerCase().split(/\s+/).includes(relation) ? [address] : [];
  });
}

/** A parameter need not have a value, and a quoted one may have quotes after backslashes, and semicolons. */
const PARAMETER = /\s*;\s*([^\s"=;,]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s";,]*)))?/g;

const LINK = /<([^>]*)>((?:\s*;\s*[^\s"=;,]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s";,]*))?)*)/g;
