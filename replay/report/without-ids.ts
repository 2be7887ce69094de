/**
 * Groups requests of one kind: drops the query and replaces numbers and segments that look like ids by `{id}`, but not
 * words in camel case (`listRoles`) and versions (`v2024-10-01`).
 */
export function withoutIds(request: string): string {
  return request.replace(/\?.*$/, '').replace(/(?<=\/)[^/]+/g, (segment) => (looksLikeId(segment) ? '{id}' : segment));
}

const NUMBER = /^\d+$/;
const LONG = /^(?=.*[\dA-Z|%]).{8,}$/;
const WORDS = /^[A-Za-z][a-z]+([A-Z][a-z]+)*$/;
const VERSION = /^v\d+([.-][a-z\d.-]+|[a-z]+\d*)?$/;

function looksLikeId(segment: string): boolean {
  return NUMBER.test(segment) || (LONG.test(segment) && !WORDS.test(segment) && !VERSION.test(segment));
}
