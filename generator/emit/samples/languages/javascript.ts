import { declared } from '../correct/declare.js';
import { inJavascript } from '../correct/escape.js';
import { interpolated, type LiteralStyle } from '../correct/placeholders.js';

/** Texts of JavaScript are in single quotes; with constants they become templates. */
export const TEMPLATES: LiteralStyle = {
  escape: inJavascript,
  join: interpolated(
    ['`', '`'],
    (code) => `\${${code}}`,
    (text) => text.replaceAll(/`|\$\{/g, '\\$&'),
  ),
  encode: (name) => `encodeURIComponent(${name})`,
};
/** Declares the placeholders after the imports. */
export const javascriptConstants = declared((name) => `const ${name} = '${name}';`, /^import /);
