import { clientSample } from './client-sample.js';
import { curlSample } from './curl.js';
import { harSample } from './har.js';
import type { Language } from './language.js';
import { AXIOS } from './languages/axios.js';
import { CSHARP } from './languages/csharp.js';
import { FETCH } from './languages/fetch.js';
import { GO } from './languages/go.js';
import { JAVA } from './languages/java.js';
import { OBJECTIVE_C } from './languages/objective-c.js';
import { PHP } from './languages/php.js';
import { PYTHON } from './languages/python.js';
import { RUBY } from './languages/ruby.js';
import { SWIFT } from './languages/swift.js';
import { JAVA_SDK } from './sdk/java-sdk.js';
import { NODE_SDK } from './sdk/node-sdk.js';
import { PYTHON_SDK } from './sdk/python-sdk.js';

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
  JAVA_SDK,
  OBJECTIVE_C,
  PHP,
  RUBY,
  SWIFT,
  { key: 'har', label: 'HAR', syntax: 'json', write: harSample },
];
