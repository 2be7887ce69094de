/** The keys of all languages, apart from the table itself: a run with nothing to do does not load it. */
export const LANGUAGE_KEYS: readonly string[] = [
  'curl',
  'client',
  'fetch',
  'axios',
  'node-sdk',
  'python',
  'python-sdk',
  'csharp',
  'go',
  'java',
  'java-sdk',
  'objc',
  'php',
  'ruby',
  'swift',
  'har',
];

/** The languages of the reference, unless the user chooses others. */
export const DEFAULT_LANGUAGES: readonly string[] = ['curl', 'client', 'fetch', 'python'];
