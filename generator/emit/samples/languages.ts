import { clientSample } from './client-sample.js';
import { type Correction, following, replaced, whereEncoding } from './correct/correction.js';
import { declared } from './correct/declare.js';
import { inC, inJavascript, inJson, inSwift } from './correct/escape.js';
import { concatenated, interpolated, type LiteralStyle } from './correct/placeholders.js';
import { goImports, javaClass, objectiveProgram } from './correct/program.js';
import { curlSample } from './curl.js';
import { harSample } from './har.js';
import type { Language } from './language.js';
import { libraryLanguage } from './library.js';
import { NODE_SDK } from './sdk/node-sdk.js';
import { PYTHON_SDK } from './sdk/python-sdk.js';

/** Texts of JavaScript are in single quotes; with constants they become templates. */
const TEMPLATES: LiteralStyle = {
  escape: inJavascript,
  join: interpolated(
    ['`', '`'],
    (code) => `\${${code}}`,
    (text) => text.replaceAll(/`|\$\{/g, '\\$&'),
  ),
  encode: (name) => `encodeURIComponent(${name})`,
};
const javascriptConstants = declared((name) => `const ${name} = '${name}';`, /^import /);

const FETCH = libraryLanguage({
  key: 'fetch',
  label: 'JavaScript (fetch)',
  syntax: 'js',
  target: ['javascript', 'fetch'],
  literals: TEMPLATES,
  corrections: [
    javascriptConstants,
    // It reads every answer as JSON, also the empty one of a 204, and takes a refusal for a success.
    replaced('\nfetch(', '\nconst response = await fetch('),
    replaced(
      `
  .then(response => response.json())
  .then(response => console.log(response))
  .catch(err => console.error(err));`,
      `;
const text = await response.text(); // empty after a 204
if (!response.ok) throw new Error(\`\${response.status} \${text}\`);
console.log(text === '' ? response.status : JSON.parse(text));`,
    ),
  ],
});

const AXIOS = libraryLanguage({
  key: 'axios',
  label: 'JavaScript (axios)',
  syntax: 'js',
  target: ['node', 'axios'],
  literals: TEMPLATES,
  corrections: [
    replaced("const axios = require('axios');", "import axios from 'axios';"),
    javascriptConstants,
    // A failure that is only printed looks like a success to whoever runs the program.
    replaced(
      `axios
  .request(options)
  .then(function (response) {
    console.log(response.data);
  })
  .catch(function (error) {
    console.error(error);
  });`,
      `const response = await axios.request(options); // throws unless the status is 2xx
console.log(response.status, response.data);`,
    ),
  ],
});

const CSHARP = libraryLanguage({
  key: 'csharp',
  label: 'C#',
  syntax: 'csharp',
  target: ['csharp', 'httpclient'],
  literals: { join: concatenated('+'), encode: (name) => `Uri.EscapeDataString(${name})` },
  corrections: [
    following('using System;', 'using System.Net.Http;'),
    declared((name) => `const string ${name} = "${name}";`, /^using System/),
    // .NET Framework and Mono have no such constant.
    replaced('HttpMethod.Patch', 'new HttpMethod("PATCH")', 'if-there'),
    contentType(),
  ],
});

/** The library knows a few content types only; others it calls something else. */
function contentType(): Correction {
  const header = /new MediaTypeHeaderValue\("[^"]*"\)/;
  return (code, { bodyType = '' }) =>
    code.replace(header, () => `MediaTypeHeaderValue.Parse(${JSON.stringify(bodyType)})`);
}

const GO = libraryLanguage({
  key: 'go',
  label: 'Go',
  syntax: 'go',
  target: ['go', 'native', { checkErrors: true }],
  literals: { join: concatenated('+'), encode: (name) => `url.PathEscape(${name})` },
  corrections: [
    // A variable of this name would hide the package that encodes ids.
    replaced('\turl := ', '\tendpoint := '),
    (code) => code.replace(/(http\.NewRequest\("[A-Z]+", )url,/, '$1endpoint,'),
    (code) =>
      code
        .replaceAll('panic(err)', 'log.Fatal(err)')
        .replaceAll(/\n\n(\tif err)/g, '\n$1')
        .replace('{\n\n\t', '{\n\t'),
    replaced(
      '\tfmt.Println(string(body))\n\n}',
      '\tif res.StatusCode >= 300 {\n\t\tlog.Fatal(res.Status, " ", string(body))\n\t}\n\tfmt.Println(res.Status, string(body))\n}',
    ),
    goImports,
  ],
});

const JAVA = libraryLanguage({
  key: 'java',
  label: 'Java',
  syntax: 'java',
  target: ['java', 'nethttp'],
  // The encoder is for forms, where a space is a plus sign. java.net.URI refuses ids such as a|b that are not encoded.
  literals: {
    join: concatenated('+'),
    encode: (name) => `URLEncoder.encode(${name}, StandardCharsets.UTF_8).replace("+", "%20")`,
  },
  corrections: [
    replaced(
      'System.out.println(response.body());',
      `if (response.statusCode() >= 300) {
    throw new IllegalStateException(response.statusCode() + " " + response.body());
}
System.out.println(response.statusCode() + " " + response.body());`,
    ),
    javaClass,
  ],
});

const OBJECTIVE_C = libraryLanguage({
  key: 'objc',
  label: 'Objective-C',
  syntax: 'objc',
  target: ['objc', 'nsurlsession'],
  literals: {
    escape: inC,
    join: (parts) => {
      const format = parts.map((part) => ('text' in part ? part.text.replaceAll('%', '%%') : '%@')).join('');
      const values = parts.flatMap((part) => ('text' in part ? [] : [part.expression]));
      return values.length > 0 ? `[NSString stringWithFormat:@"${format}", ${values.join(', ')}]` : `@"${format}"`;
    },
    encode: (name) =>
      `[${name} stringByAddingPercentEncodingWithAllowedCharacters:[NSCharacterSet alphanumericCharacterSet]]`,
    special: { null: '[NSNull null]' },
  },
  corrections: [
    // The body may be a list, and is null in a request whose parameters are only a text.
    replaced('NSDictionary *parameters = @[', 'NSArray *parameters = @[', 'if-there'),
    // The program would end before the answer comes.
    replaced(
      'NSURLSession *session =',
      'dispatch_semaphore_t answered = dispatch_semaphore_create(0);\nNSURLSession *session =',
    ),
    (code) => code.replace(/\n +cachePolicy:.*\n.*timeoutInterval:10.0\]/, ']'),
    (code) => code.replaceAll(/^ {44}/gm, '').replace(/\n *completionHandler:/, ' completionHandler:'),
    replaced(
      `        NSLog(@"%@", httpResponse);
    }`,
      `        NSString *text = [[NSString alloc] initWithData:data encoding:NSUTF8StringEncoding];
        NSLog(@"%ld %@", (long)httpResponse.statusCode, text);
    }
    dispatch_semaphore_signal(answered);`,
    ),
    replaced('[dataTask resume];', '[dataTask resume];\ndispatch_semaphore_wait(answered, DISPATCH_TIME_FOREVER);'),
    objectiveProgram,
  ],
});

const PHP = libraryLanguage({
  key: 'php',
  label: 'PHP',
  syntax: 'php',
  target: ['php', 'curl'],
  literals: {
    join: concatenated('.'),
    encode: (name) => `rawurlencode(${name})`,
    inert: (text, quote) => (quote === '"' ? text.replaceAll(/(?<!\\)\$/g, '\\$') : text),
    // An array without entries would be written as a list.
    special: { 'empty-object': '(object) []' },
  },
  corrections: [
    declared((name) => `const ${name} = '${name}';`, /^<\?php/),
    replaced(
      `$response = curl_exec($curl);
$err = curl_error($curl);

curl_close($curl);

if ($err) {
  echo "cURL Error #:" . $err;
} else {
  echo $response;
}`,
      `$response = curl_exec($curl);
$status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
if ($response === false || $status >= 300) {
  throw new Exception($response === false ? curl_error($curl) : "$status $response");
}
echo $status, ' ', $response;`,
    ),
  ],
});

const PYTHON = libraryLanguage({
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

const RUBY = libraryLanguage({
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

const SWIFT = libraryLanguage({
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

/** The languages of samples, in the order of a page. */
export const LANGUAGES: readonly Language[] = [
  { key: 'curl', label: 'cURL', syntax: 'sh', write: curlSample },
  { key: 'client', label: 'JavaScript (generated client)', syntax: 'ts', write: clientSample },
  FETCH,
  AXIOS,
  NODE_SDK,
  PYTHON,
  PYTHON_SDK,
  CSHARP,
  GO,
  JAVA,
  OBJECTIVE_C,
  PHP,
  RUBY,
  SWIFT,
  { key: 'har', label: 'HAR', syntax: 'json', write: harSample },
];
