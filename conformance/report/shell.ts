/** Text for `sh`, in double quotes: nothing in it is expanded but the variables of `variables`, by the text they stand for. */
export function quoted(text: string, variables: ReadonlyMap<string, string> = new Map()): string {
  return `"${escaped(text, variables)}"`;
}

/** The same without the quotes. */
export function escaped(text: string, variables: ReadonlyMap<string, string>): string {
  let rest = text;
  let written = '';
  // The longest first: one value may hold another.
  const values = [...variables.keys()].sort((one, other) => other.length - one.length);
  while (rest !== '') {
    const value = values.find((candidate) => rest.startsWith(candidate));
    if (value === undefined) {
      written += rest[0]?.replace(/[\\"$`]/, '\\$&');
      rest = rest.slice(1);
    } else {
      written += `\${${variables.get(value)}}`;
      rest = rest.slice(value.length);
    }
  }
  return written;
}
