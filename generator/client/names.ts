/** `get_client-grants` → `getClientGrants`. Letters of any script are kept; all other characters separate words. */
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
 * Names with a meaning on any object or in any interface: `then` would make it a promise, `new` is a construct
 * signature, and the compiler checks `toString` and the like against the methods of every object.
 */
const objectNames = new Set(
  '__proto__ constructor hasOwnProperty isPrototypeOf new propertyIsEnumerable prototype then toLocaleString toString valueOf'.split(
    ' ',
  ),
);

/** Reserves the first of `name`, `name2`, `name3`… that is free. */
function firstFree(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate); count += 1) candidate = `${name}${count}`;
  taken.add(candidate);
  return candidate;
}

/** Reserves a name for a parameter: a legal identifier that is not in use. */
export function reserveParameterName(name: string, taken: Set<string>): string {
  return firstFree(reservedWords.has(name) ? `${name}Value` : name, taken);
}

/** Reserves a name for a function of a module. */
export function reserveFunctionName(name: string, taken: Set<string>): string {
  return reserveParameterName(name, taken);
}

/** Reserves a name for a property of the client: any word, except those with a meaning on every object. */
export function reservePropertyName(name: string, taken: Set<string>): string {
  return firstFree(objectNames.has(name) ? `${name}_` : name, taken);
}

/** Reserves a name for a type. */
export function reserveTypeName(name: string, taken: Set<string>): string {
  return firstFree(name, taken);
}
