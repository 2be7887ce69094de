import { replaced } from '../correct/correction.js';
import { libraryLanguage } from '../library.js';
import { javascriptConstants, TEMPLATES } from './javascript.js';

export const FETCH = libraryLanguage({
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
