const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|', tabDelimited: '\t' };

/**
 * What separates the entries of a list that is one text, by `style`: a comma unless the style says otherwise.
 * @see OpenAPI 3.1, section 4.8.12.2; `tabDelimited` is the `tsv` of Swagger 2.0
 */
export function listSeparator(style: string): string {
  return Object.hasOwn(SEPARATORS, style) ? (SEPARATORS[style] ?? ',') : ',';
}
