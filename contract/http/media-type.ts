/** The media type of forms. */
export const FORM = 'application/x-www-form-urlencoded';

/** The media type of forms in parts, which may have files. */
export const MULTIPART = 'multipart/form-data';

/** `application/json; charset=utf-8` is `application/json`. */
export function bareMediaType(value: string): string {
  return (value.split(';')[0] ?? '').trim().toLowerCase();
}

/** The charset of `application/json; charset=utf-8`, in lower case; undefined if none is given. */
export function charsetOf(value: string): string | undefined {
  return /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(value)?.[1]?.toLowerCase();
}

/** Whether a media type is in a range of a `content` object: `application/json`, `text/*`, or all. Both without parameters. */
export function mediaTypeMatches(range: string, type: string): boolean {
  return range === type || range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
}

/** Whether a media type is written in XML: `application/xml`, `image/svg+xml`. Without parameters. */
export function isXml(type: string): boolean {
  return /[/+]xml$/.test(type);
}

/** Whether a media type is JSON: `application/json`, `application/problem+json`. Without parameters. */
export function isJson(type: string): boolean {
  return /[/+]json$/.test(type);
}

/** Whether a media type or range of a `content` object includes JSON. Some frameworks document JSON as any type. */
export function includesJson(range: string): boolean {
  return isJson(range) || mediaTypeMatches(range, 'application/json');
}

const SEQUENTIAL =
  /^(?:text\/event-stream|application\/(?:jsonl|x-jsonlines|(?:x-)?ndjson|x-jsonl|(?:[\w.+-]+\+)?json-seq))\b/i;

/** Whether bodies of a media type are a sequence of values. @see OpenAPI 3.2, section 4.14.2 */
export function isSequential(type: string): boolean {
  return SEQUENTIAL.test(type);
}
