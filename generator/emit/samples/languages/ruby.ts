import { following, replaced, whereEncoding } from '../correct/correction.js';
import { declared } from '../correct/declare.js';
import { interpolated } from '../correct/placeholders.js';
import { libraryLanguage } from '../library.js';

export const RUBY = libraryLanguage({
  key: 'ruby',
  label: 'Ruby',
  syntax: 'ruby',
  target: ['ruby', 'native'],
  literals: {
    join: interpolated(['"', '"'], (code) => `#{${code}}`),
    encode: (name) => `ERB::Util.url_encode(${name})`,
    inert: (text, quote) => (quote === '"' ? text.replaceAll(/#(?=[{$@])/g, '\\#') : text),
  },
  corrections: [
    whereEncoding(following("require 'erb'")),
    declared((name) => `${name} = '${name}'`, /^require /),
    replaced(
      'puts response.read_body',
      `abort "#{response.code} #{response.body}" unless response.is_a?(Net::HTTPSuccess)
puts "#{response.code} #{response.body}"`,
    ),
  ],
});
