import { replaced } from '../correct/correction.js';
import { concatenated } from '../correct/placeholders.js';
import { goImports } from '../correct/program.js';
import { libraryLanguage } from '../library.js';

export const GO = libraryLanguage({
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
