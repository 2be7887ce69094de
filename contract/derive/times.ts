/** Names of properties that hold a time, bare, and the role of such a value. */
export const TIMES: readonly (readonly [RegExp, string])[] = [
  [/^(date)?created?(at|on|date|time)?$/, 'created-at'],
  [/^(date|last)?(updated?|modified|changed)(at|on|date|time)?$/, 'updated-at'],
];
