import { replaced } from '../correct/correction.js';
import { declared } from '../correct/declare.js';
import { inSwift } from '../correct/escape.js';
import { interpolated } from '../correct/placeholders.js';
import { libraryLanguage } from '../library.js';

export const SWIFT = libraryLanguage({
  key: 'swift',
  label: 'Swift',
  syntax: 'swift',
  target: ['swift', 'urlsession'],
  literals: {
    escape: inSwift,
    join: interpolated(['"', '"'], (code) => `\\(${code})`),
    encode: (name) => `${name}.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!`,
    special: { null: 'NSNull()', 'empty-object': '[String: Any]()', 'empty-list': '[Any]()' },
  },
  corrections: [
    // Outside of Apple's systems, requests are a module of their own.
    replaced(
      'import Foundation',
      'import Foundation\n#if canImport(FoundationNetworking)\nimport FoundationNetworking\n#endif',
    ),
    declared((name) => `let ${name} = "${name}"`, /^#endif/),
    (code) => code.replace(/^(let parameters = \[\n {2}[[{][\s\S]*?\n\]) as \[String : Any\?\]/m, '$1 as [Any]'),
    replaced('as [String : Any?]', 'as [String: Any]', 'if-there'),
    replaced(
      `let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))`,
      `let (data, response) = try await URLSession.shared.data(for: request)
let status = (response as! HTTPURLResponse).statusCode
let text = String(decoding: data, as: UTF8.self)
guard status < 300 else { fatalError("\\(status) \\(text)") }
print(status, text)`,
    ),
  ],
});
