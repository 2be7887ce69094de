import { replaced } from '../correct/correction.js';
import { declared } from '../correct/declare.js';
import { concatenated } from '../correct/placeholders.js';
import { libraryLanguage } from '../library.js';

export const PHP = libraryLanguage({
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
