import type { ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { Pointer, Schema } from '../contract.js';
import { isObject, joinPointer } from '../pointer.js';

/** Keywords whose value is a list of forms, of which a value fits one. */
export const UNIONS: ReadonlySet<string | undefined> = new Set(['oneOf', 'anyOf']);

/** The validator of a form of a union, or of one with the same text; undefined for anything else. */
export type FormValidators = (form: unknown) => ValidateFunction | undefined;

/**
 * Validators of the forms of all unions in a schema that is compiled. They use its compiled parts: compiling each form
 * with all that it refers to takes seconds where the forms refer to each other.
 *
 * @param ajv - that compiled the schema, this very object
 */
export function formValidators(ajv: Ajv2020, schema: Schema): FormValidators {
  const id = `forms-of-${Object.keys(ajv.schemas).length}`;
  ajv.addSchema(schema, id);
  const pointers = new Map<string, Pointer>();
  findForms(schema, '', pointers);
  const known = new Map<unknown, ValidateFunction | undefined>();
  return (form) => {
    if (known.has(form)) return known.get(form);
    const fragment = pointers.get(JSON.stringify(form))?.split('/').map(encodeURIComponent).join('/');
    const validate = fragment === undefined ? undefined : ajv.getSchema(`${id}#${fragment}`);
    known.set(form, validate);
    return validate;
  };
}

/** Adds the place of each form, by its text. */
function findForms(value: unknown, pointer: Pointer, pointers: Map<string, Pointer>): void {
  const entries = Array.isArray(value) ? value.entries() : isObject(value) ? Object.entries(value) : [];
  for (const [name, entry] of entries) {
    const place = joinPointer(pointer, name);
    if (typeof name === 'string' && UNIONS.has(name) && Array.isArray(entry))
      for (const [at, form] of entry.entries()) pointers.set(JSON.stringify(form), joinPointer(place, at));
    findForms(entry, place, pointers);
  }
}
