import { type Correction, following, replaced } from '../correct/correction.js';
import { declared } from '../correct/declare.js';
import { concatenated } from '../correct/placeholders.js';
import { libraryLanguage } from '../library.js';

export const CSHARP = libraryLanguage({
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
