import { decodeSegment } from './percent-encoding.js';

/**
 * The key of a new item in the `Location` of the answer to its creation: what follows the name of the collection, as in
 * `https://api.test/v1/songs/5` after `POST /v1/songs`. A proxy may have changed what comes before.
 *
 * @param location - the value of the header
 * @param path - of the request, encoded, with or without a query
 * @returns undefined where it leads to something else
 */
export function keyInLocation(location: string, path: string): string | undefined {
  const [collection] = segmentsOf(path, '/').slice(-1);
  const [name, key] = segmentsOf(location, path).slice(-2);
  return key === undefined || name !== collection ? undefined : decodeSegment(key);
}

function segmentsOf(reference: string, base: string): readonly string[] {
  try {
    const { pathname } = new URL(reference, new URL(base, 'http://localhost'));
    return pathname.split('/').filter((segment) => segment !== '');
  } catch {
    return [];
  }
}
