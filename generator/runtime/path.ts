import { ParameterError } from './errors.js';
import { encodeValue } from './query.js';

/**
 * Fills a path template with ids, in the order of its parameters. `|`, `/`, `%`, `?`, `#`, spaces and Unicode reach the
 * server unchanged. `.` and `..` cannot be encoded, because URLs treat `%2e` as a dot.
 *
 * @throws ParameterError for an id that would lead to another route.
 */
export function fillPath(template: string, ids: readonly unknown[], write: WriteId = encodeURIComponent): string {
  let index = 0;
  return template.replace(/\{(.+?)\}/g, (_, parameter: string) => {
    const id = ids[index];
    try {
      // The compiler's type of encodeURIComponent is narrower than what it takes.
      const text = id === undefined || id === null ? '' : write(id as string, parameter, index);
      index += 1;
      if (!/^\.{0,2}$/.test(text)) return text;
    } catch {
      // A lone surrogate cannot be encoded.
    }
    throw new ParameterError(parameter, template, 'an id', id);
  });
}

type WriteId = (id: string, parameter: string, index: number) => string;

/**
 * `.` for the style `label`, `;` for `matrix`, nothing for `simple`. `*` if it explodes. `+` if it keeps reserved
 * characters.
 */
export type PathStyle = `${'' | '.' | ';'}${'' | '*'}${'' | '+'}`;

/**
 * Fills paths with lists, objects, and other styles than `simple`, one style for each parameter.
 *
 * @see RFC 6570, sections 3.2.3, 3.2.5 and 3.2.7
 */
export function styledPath(...styles: readonly PathStyle[]): (template: string, ids: readonly unknown[]) => string {
  return (template, ids) =>
    fillPath(template, ids, (id: unknown, parameter, index) => {
      const style = styles[index] ?? '';
      const prefix = /^[.;]?/.exec(style)?.[0] ?? '';
      const explodes = style.includes('*');
      const encode = (value: unknown) => encodeValue(value, style.includes('+') ? /[#/?]/g : undefined);
      const named = (name: string, value: unknown) => (value === '' ? name : `${name}=${encode(value)}`);
      const own = (value: unknown) => (prefix === ';' ? named(encode(parameter), value) : encode(value));
      const whole = (parts: readonly string[]) =>
        prefix + (prefix === ';' && !explodes ? `${encode(parameter)}=` : '') + parts.join((explodes && prefix) || ',');
      if (typeof id !== 'object') return prefix + own(id);
      if (Array.isArray(id)) return id.length > 0 ? whole(id.map(explodes ? own : encode)) : '';
      const entries = Object.entries(id as object).filter(([, value]) => value !== undefined && value !== null);
      if (entries.length === 0) return '';
      return whole(
        entries.flatMap(([key, value]) =>
          explodes ? `${encode(key)}=${encode(value)}` : [encode(key), encode(value)],
        ),
      );
    });
}
