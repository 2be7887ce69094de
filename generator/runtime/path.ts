import { ParameterError } from './errors.js';

/**
 * Fills a path template with ids, in the order of its parameters. `|`, `/`, `%`, `?`, `#`, spaces and Unicode reach the
 * server unchanged. `.` and `..` cannot be encoded, because URLs treat `%2e` as a dot.
 *
 * @throws ParameterError for an id that would lead to another route.
 */
export function fillPath(template: string, ids: readonly unknown[]): string {
  let index = 0;
  return template.replace(/\{(.+?)\}/g, (_, parameter: string) => {
    const id = ids[index++];
    try {
      if (id !== undefined && id !== null && !/^\.{0,2}$/.test(String(id))) return encodeURIComponent(String(id));
    } catch {
      // A lone surrogate cannot be encoded.
    }
    throw new ParameterError(parameter, template, 'an id', id);
  });
}
