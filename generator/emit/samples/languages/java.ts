import { replaced } from '../correct/correction.js';
import { concatenated } from '../correct/placeholders.js';
import { javaClass } from '../correct/program.js';
import { libraryLanguage } from '../library.js';

export const JAVA = libraryLanguage({
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
