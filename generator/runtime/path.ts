import { ParameterError } from './errors.js';

/**
 * Puts ids into a path template, in the order in which it names them: `|`, `/`, `%`, `?`, `#`, spaces and unicode
 * arrive as themselves. No encoding saves `.` and `..`, since URLs take `%2e` for a dot.
 * @throws ParameterError on what would lead to another route.
 */
export function fillPath(template: string, ids: readonly unknown[]): string {
  let index = 0;
  return template.replace(/\{(.+?)\}/g, (_, parameter: string) => {
    const id = ids[index++];
    try {
      if (id !== undefined && id !== null && !/^\.{0,2}$/.test(String(id))) return encodeURIComponent(String(id));
    } catch {
      // Half of a surrogate pair has no encoding.
    }
    throw new ParameterError(parameter, template, 'an id', id);
  });
}
