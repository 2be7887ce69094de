import { replaced } from '../correct/correction.js';
import { libraryLanguage } from '../library.js';
import { javascriptConstants, TEMPLATES } from './javascript.js';

export const AXIOS = libraryLanguage({
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
