import { pairsOf, writeQuery } from './query.js';
import type { Part, QueryStyle } from './route.js';

/** A body as JSON. */
export const asJson: Part = (draft, value) => {
  draft.body = JSON.stringify(value);
  draft.headers['content-type'] = 'application/json';
};

/** A body as JSON of another content type, such as `application/merge-patch+json`. */
export function asJsonOf(type: string): Part {
  return (draft, value) => setBody(draft, JSON.stringify(value), type);
}

/** A body that is sent as it is. If the type is a range such as `image/*`, the body sets its own. */
export function asGiven(type: string): Part {
  return (draft, value, options) => {
    setBody(draft, value, /\*/.test(type) ? undefined : type);
    // It can be sent only once.
    if (value instanceof ReadableStream) options.retry = false;
  };
}

/** A body as a form of plain values. */
export const asPlainForm: Part = (draft, value) => {
  const isObject = typeof value === 'object' && value && !(Symbol.iterator in value);
  setBody(draft, isObject ? pairsOf(value).join('&') : value, formType);
};

const formType = 'application/x-www-form-urlencoded';

/** A body as a form. @param styles of the properties that do not have the default one */
export function asForm(styles: { readonly [property: string]: QueryStyle } = {}): Part {
  return (draft, value) => {
    const isObject = typeof value === 'object' && !(value instanceof URLSearchParams) && !(value instanceof FormData);
    setBody(draft, isObject ? writeForm((value ?? {}) as object, styles) : value, formType);
  };
}

/** An object in a form is JSON unless its encoding says otherwise. @see OpenAPI 3.1, section 4.8.15.1 */
function writeForm(body: object, form: { readonly [property: string]: QueryStyle }): string {
  const styles = Object.entries(body).flatMap(([name, value]) => {
    const style = form[name] ?? (typeof value === 'object' && !Array.isArray(value) ? 'json' : undefined);
    return style ? [[name, style] as const] : [];
  });
  return writeQuery(body, Object.fromEntries(styles));
}

/** A body of several parts: an object, or `FormData` as it is. */
export const asMultipart: Part = (draft, value) => {
  draft.body = value;
  if (typeof value !== 'object' || value === null || value instanceof FormData) return;
  const data = new FormData();
  const append = (name: string, entry: unknown): void => {
    if (entry === undefined) return;
    // A file keeps its name. Objects are JSON.
    if (entry instanceof Blob) data.append(name, entry);
    else data.append(name, typeof entry === 'object' ? JSON.stringify(entry) : String(entry));
  };
  for (const [name, entry] of Object.entries(value)) {
    for (const part of Array.isArray(entry) ? entry : [entry]) append(name, part);
  }
  draft.body = data;
};

/**
 * A list as the parts of a multipart body, which have no names.
 *
 * @param types of the first parts, empty where the value decides
 * @param others the type of all others
 */
export function asParts(type: string, types: readonly string[] = [], others = ''): Part {
  return (draft, value) => {
    const boundary = crypto.randomUUID();
    const parts = (value as readonly unknown[]).flatMap((part, index) => {
      const isFile = part instanceof Blob;
      const usual = typeof part === 'object' ? 'application/json' : 'text/plain';
      const own = (isFile && part.type) || (types[index] ?? others) || usual;
      const isGiven = isFile || (typeof part === 'string' && !/[/+]json\b/.test(own));
      return [`--${boundary}\r\ncontent-type: ${own}\r\n\r\n`, isGiven ? part : JSON.stringify(part), '\r\n'];
    });
    setBody(draft, new Blob([...parts, `--${boundary}--\r\n`]), `${type}; boundary=${boundary}`);
  };
}

/** A body of one of several content types, chosen by the option `contentType`; the first is the default. */
export function asChosen(parts: { readonly [contentType: string]: Part }): Part {
  const [[first = ''] = []] = Object.entries(parts);
  return (draft, value, options) => parts[options.contentType ?? first]?.(draft, value, options);
}

/** A single argument with body, query, headers and cookies as its properties. */
export function asInput(parts: { readonly [property: string]: Part }): Part {
  return (draft, value, options) => {
    for (const [name, part] of Object.entries(parts)) {
      const given = (value as Readonly<Record<string, unknown>>)[name];
      if (given !== undefined) part(draft, given, options);
    }
  };
}

function setBody(draft: Parameters<Part>[0], body: unknown, type: string | undefined): void {
  draft.body = body;
  // `FormData` sets its own boundary.
  if (type && !(body instanceof FormData)) draft.headers['content-type'] = type;
}
