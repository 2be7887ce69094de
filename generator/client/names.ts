/** `get_client-grants` → `getClientGrants`. Letters of any script are kept; what is no letter or digit parts the words. */
export function camelCase(text: string): string {
  const [first = '', ...rest] = text.match(/[\p{L}\p{N}$]+/gu) ?? [];
  const start = first === first.toUpperCase() ? first.toLowerCase() : first.charAt(0).toLowerCase() + first.slice(1);
  return identifier(start + rest.map(capitalise).join(''));
}

/** `resource-servers` → `ResourceServers`. */
export function pascalCase(text: string): string {
  return identifier((text.match(/[\p{L}\p{N}$]+/gu) ?? []).map(capitalise).join(''));
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function identifier(word: string): string {
  return /^[\p{L}$]/u.test(word) ? word : `_${word}`;
}

/** Words that cannot name a parameter. @see ECMA-262, section 12.7.2, and strict mode's additions. */
const reservedWords = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(
    ' ',
  ),
);

/**
 * Names that mean something else on any object, or in any interface: a `then` would make it a promise, `new` is the
 * signature of a constructor, and the compiler holds `toString` and the like against those that every object has.
 */
const objectNames = new Set(
  '__proto__ constructor hasOwnProperty isPrototypeOf new propertyIsEnumerable prototype then toLocaleString toString valueOf'.split(
    ' ',
  ),
);

/** The first of `name`, `name2`, `name3`… that is not taken yet; it is taken then. */
function firstFree(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate); count += 1) candidate = `${name}${count}`;
  taken.add(candidate);
  return candidate;
}

/** Takes a name for a parameter: legal as a binding, and different from those taken already. */
export function takeParameterName(name: string, taken: Set<string>): string {
  return firstFree(reservedWords.has(name) ? `${name}Value` : name, taken);
}

/** Takes a name for a property of the client: any word will do save those that mean something on every object. */
export function takePropertyName(name: string, taken: Set<string>): string {
  return firstFree(objectNames.has(name) ? `${name}_` : name, taken);
}

/** Takes a name for a type. */
export function takeTypeName(name: string, taken: Set<string>): string {
  return firstFree(name, taken);
}
