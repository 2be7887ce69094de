/** The words of a name, in lower case: `entity-create` and `entityCreate` are `entity` and `create`. */
export function nameWords(name: string): readonly string[] {
  return name.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());
}
