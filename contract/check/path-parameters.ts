import type { Json, JsonObject } from '../contract.js';
import { listOr } from '../json/json-value.js';
import { getPointer, isObject } from '../pointer.js';
import type { Flaw, Mendable } from './flaw.js';
import { operationsOf } from './openapi.js';
import type { PointerTo } from './walk.js';

/** Undeclared parameters in a path template, and declared ones that the template lacks. */
export function checkPathParameters(paths: JsonObject, at: PointerTo, document: JsonObject): readonly Flaw[] {
  return Object.entries(paths).flatMap(([path, reference]): readonly Flaw[] => {
    const item = referred(document, reference);
    const isTemplate = !/[{}]/.test(path.replaceAll(/\{[^{}]+\}/g, ''));
    if (!path.startsWith('/') || !isTemplate || !isObject(item)) return [];
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
    // An item behind a reference is somebody else's, and may be used under several paths.
    const isOwn = item === reference;
    const shared = listOr(item.parameters);
    const ofItem = superfluous(shared, { path, names, document, at: at(path), isOwn });
    return operationsOf(item)
      .flatMap(({ below, operation }): readonly Flaw[] => {
        if (!isObject(operation)) return [];
        const own = listOr(operation.parameters);
        const declared = [...shared, ...own].map((entry) => pathName(document, entry));
        const missing = names.filter((name) => !declared.includes(name));
        const pointer = at(path, ...below);
        return [
          ...missing.map((name) => ({
            pointer,
            message: `the path has "{${name}}"; expected a path parameter with that name`,
            mend: (changes: Mendable) => changes.append(`${pointer}/parameters`, parameterOf(name)),
          })),
          ...superfluous(own, { path, names, document, at: pointer, isOwn }),
        ];
      })
      .concat(ofItem);
  });
}

function parameterOf(name: string): Json {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}

interface Template {
  readonly path: string;
  readonly names: readonly string[];
  readonly document: JsonObject;
  /** The pointer of the object that has the parameters. */
  readonly at: string;
  readonly isOwn: boolean;
}

function superfluous(parameters: readonly Json[], { path, names, document, at, isOwn }: Template): readonly Flaw[] {
  return parameters.flatMap((entry, index): readonly Flaw[] => {
    const name = pathName(document, entry);
    if (name === undefined || names.includes(name)) return [];
    const pointer = `${at}/parameters/${index}`;
    const message = `"${name}" is a path parameter; expected {${name}} in "${path}"`;
    return [{ pointer, message, ...(isOwn ? { mend: (copy) => copy.remove(pointer) } : {}) }];
  });
}

/** The name of a path parameter; undefined for another one. */
function pathName(document: JsonObject, entry: Json): string | undefined {
  const parameter = referred(document, entry);
  return isObject(parameter) && parameter.in === 'path' && typeof parameter.name === 'string'
    ? parameter.name
    : undefined;
}

/** The target of a reference. One that points to nothing, or is circular, is reported by the check of references. */
export function referred(document: JsonObject, value: Json): Json | undefined {
  let current: Json | undefined = value;
  const seen = new Set<string>();
  while (isObject(current) && typeof current.$ref === 'string' && !seen.has(current.$ref)) {
    seen.add(current.$ref);
    current = getPointer(document, current.$ref.slice(1));
  }
  return current;
}
