import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json } from '../json/json.js';
import { isObject } from '../pointer.js';
import { type OverlayProblem, shown } from './overlay.js';

/** What an overlay is applied to. */
export interface OverlayTarget {
  /** Absolute path of the document. */
  readonly path: string;
  /** The URL that the document gives itself, `$self`. */
  readonly self: Json | undefined;
}

/**
 * Warns if an overlay names another document in `extends` than the one that it is applied to. A URL can be that of a
 * document with `$self` only: any other document may be a copy of what the URL leads to.
 *
 * @param path - absolute path of the overlay
 * @see https://spec.openapis.org/overlay/v1.1.0.html#overlay-object
 */
export function checkExtends(overlay: Json, path: string, target: OverlayTarget): readonly OverlayProblem[] {
  const reference = isObject(overlay) ? overlay.extends : undefined;
  if (reference === undefined) return [];
  const message = typeof reference === 'string' ? otherTarget(reference, path, target) : notText(reference);
  return message === undefined ? [] : [{ pointer: '/extends', message }];
}

function notText(reference: Json): string {
  return `"extends" expected the URL or path of the document, received ${shown(reference)}`;
}

function otherTarget(reference: string, path: string, { path: applied, self }: OverlayTarget): string | undefined {
  const [named = ''] = reference.split('#');
  if (typeof self === 'string' && named === self) return undefined;
  const isUrl = /^[a-z][a-z\d+.-]+:/i.test(named);
  // `rolecall diff --overlay` prints the path from the working folder, since it does not know where the overlay will be.
  const files = isUrl ? filesOf(named) : [dirname(path), '.'].map((folder) => resolve(folder, decoded(named)));
  const other = files.length === 0 ? typeof self === 'string' : !files.includes(applied);
  if (!other) return undefined;
  const relativePath = relative(dirname(path), applied).replaceAll('\\', '/');
  const to = typeof self === 'string' && files.length === 0 ? self : relativePath;
  return `"extends" names ${JSON.stringify(reference)}, but the overlay is applied to ${JSON.stringify(to)}`;
}

/** None for URLs of other kinds than `file:`, and for those that no file of this system has. */
function filesOf(url: string): readonly string[] {
  try {
    return [fileURLToPath(url)];
  } catch {
    return [];
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
