import { following, replaced, whereEncoding } from '../correct/correction.js';
import { declared } from '../correct/declare.js';
import { inJson } from '../correct/escape.js';
import { interpolated } from '../correct/placeholders.js';
import { libraryLanguage } from '../library.js';

export const PYTHON = libraryLanguage({
  key: 'python',
  label: 'Python',
  syntax: 'python',
  target: ['python', 'requests'],
  literals: {
    escape: inJson,
    join: interpolated(
      ['f"', '"'],
      (code) => `{${code}}`,
      (text) => text.replaceAll(/[{}]/g, '$&$&'),
    ),
    // Inside an f-string, older versions of Python take no double quotes.
    encode: (name) => `quote(${name}, safe='')`,
  },
  corrections: [
    whereEncoding(following('from urllib.parse import quote', '')),
    declared((name) => `${name} = "${name}"`, /^import /),
    (code) => code.replace(/^payload = \{ ([\s\S]*?) \}$/m, 'payload = {$1}'),
    replaced('\nprint(response.text)', 'response.raise_for_status()\nprint(response.status_code, response.text)'),
  ],
});
