/**
 * What openapi-typescript calls of @redocly/openapi-core. The package is built with this module in its place: the whole
 * of it takes longer to load than the rest of openapi-typescript.
 */

export function parseRef(reference: string): { readonly uri: string | null; readonly pointer: string[] } {
  const [uri = '', pointer = ''] = reference.split('#/');
  const segments = pointer.split('/').filter((segment) => segment !== '');
  return {
    uri: (uri.endsWith('#') ? uri.slice(0, -1) : uri) || null,
    pointer: /[~%]/.test(pointer) ? segments.map(unescaped).filter((segment) => segment !== '') : segments,
  };
}

function unescaped(segment: string): string {
  return decodeURIComponent(segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function escapePointer<T extends string | number>(segment: T): string | T {
  return typeof segment === 'string' && /[~/]/.test(segment)
    ? segment.replaceAll('~', '~0').replaceAll('/', '~1')
    : segment;
}
