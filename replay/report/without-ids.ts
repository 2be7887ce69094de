/** Groups requests of one kind: drops the query and replaces numbers and segments that look like ids by `{id}`. */
export function withoutIds(request: string): string {
  return request.replace(/\?.*$/, '').replace(/\/(\d+(?=\/|$)|(?=[^/]*[\dA-Z|%])[^/]{8,})/g, '/{id}');
}
