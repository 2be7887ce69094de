import type { ErrorObject } from 'ajv';
import { unescapeSegment } from '../pointer.js';
import { UNIONS } from './form-validators.js';

/** Validates a form of a `oneOf` or `anyOf`, and reports every failed keyword. */
export type ValidateForm = (form: unknown, value: unknown) => readonly ErrorObject[];

/**
 * Errors without those of forms that a value is not meant for: the validator lists what every form of a union demands,
 * which for an event of fifty kinds is some hundred lines. The error of each union stays, after those of its forms.
 */
export function explained(errors: readonly ErrorObject[], validate: ValidateForm): readonly ErrorObject[] {
  const parts: (readonly ErrorObject[])[] = [];
  let end = errors.length;
  while (end > 0) {
    end -= 1;
    const error = errors[end];
    if (error === undefined) continue;
    if (UNIONS.has(error.keyword)) {
      const judged = errorsOfForms(error, validate);
      end = beforeForms(errors, end, judged);
      const nearest = withFewest(nearestOf(judged, error, validate), ({ length }) => length);
      parts.push([error], ...nearest.map((form) => explained(form, validate)).reverse());
    } else parts.push([error]);
  }
  return parts.reverse().flat();
}

/** Where the errors of the forms of a union begin: the validator reports them immediately before the union's own. */
function beforeForms(errors: readonly ErrorObject[], at: number, judged: readonly JudgedForm[]): number {
  const ofForms = judged.flatMap((form) => form.errors);
  const begin = at - ofForms.length;
  const ends = [errors[begin], ofForms[0], errors[at - 1], ofForms.at(-1)].map((error) => error && keyOf(error));
  if (ends[0] === ends[1] && ends[2] === ends[3]) return begin;
  // What a condition demands may be said of another value only, where many are judged together.
  const keys = new Set(ofForms.map(keyOf));
  return errors.slice(0, at).findLastIndex((error) => !keys.has(keyOf(error))) + 1;
}

/**
 * The errors of each form that a value may be meant for: of forms that name their kind (a property with one value or few),
 * those of its kind; else all that are of its JSON type. For a value of an unknown kind, one error lists the known ones.
 *
 * @param union - the error of a `oneOf` or `anyOf`, as the validator reports it with `verbose`
 */
export function nearestForms(union: ErrorObject, validate: ValidateForm): readonly (readonly ErrorObject[])[] {
  return nearestOf(errorsOfForms(union, validate), union, validate);
}

interface JudgedForm {
  readonly form: unknown;
  readonly errors: readonly ErrorObject[];
}

function nearestOf(
  judged: readonly JudgedForm[],
  union: ErrorObject,
  validate: ValidateForm,
): readonly (readonly ErrorObject[])[] {
  const possible = withFewest(judged, ({ errors }) => errors.filter((error) => isOfType(error, union)).length);
  const unknown = unknownKind(
    possible.map(({ errors }) => errors),
    union,
  );
  if (unknown !== undefined) return [[unknown]];
  const places = new Set(
    possible.flatMap(({ errors }) => errors.filter((error) => isOfKind(error, union)).map(placeBelow(union))),
  );
  const ofKind = possible.filter(({ form, errors }) => {
    const wrong = new Set(errors.filter((error) => isOfKind(error, union)).map(placeBelow(union)));
    return wrong.size === 0 && [...places].some((place) => namesKind(form, place, union, validate));
  });
  return (ofKind.length > 0 ? ofKind : possible).map(({ errors }) => errors);
}

/** Whether a form lets a property have few values: another one is an error there. */
function namesKind(form: unknown, place: string, union: ErrorObject, validate: ValidateForm): boolean {
  const value: unknown = place === '' ? OTHER : { ...(union.data as object), [unescapeSegment(place.slice(1))]: OTHER };
  return validate(form, value).some(({ keyword, instancePath }) => KIND.has(keyword) && instancePath === place);
}

/** A value that no document names. */
const OTHER = '\u0000';

function errorsOfForms(union: ErrorObject, validate: ValidateForm): readonly JudgedForm[] {
  const forms: readonly unknown[] = Array.isArray(union.schema) ? union.schema : [];
  return forms.map((form) => ({
    form,
    errors: validate(form, union.data).map((error) => ({
      ...error,
      instancePath: `${union.instancePath}${error.instancePath}`,
    })),
  }));
}

/** Whether the form is for another JSON type, or allows no value. */
function isOfType({ keyword, instancePath }: ErrorObject, union: ErrorObject): boolean {
  return (keyword === 'type' || keyword === NOTHING) && instancePath === union.instancePath;
}

/** Of the schema `false`. */
const NOTHING = 'false schema';

const KIND: ReadonlySet<string> = new Set(['const', 'enum']);

/** Whether the form allows only a few values, here or in one of the properties, and the value has another one. */
function isOfKind(error: ErrorObject, union: ErrorObject): boolean {
  return KIND.has(error.keyword) && placeBelow(union)(error).lastIndexOf('/') <= 0;
}

function placeBelow(union: ErrorObject): (error: ErrorObject) => string {
  return ({ instancePath }) => instancePath.slice(union.instancePath.length);
}

/** An error that lists all kinds, where each form names its kind by the same property and the value has another one. */
function unknownKind(forms: readonly (readonly ErrorObject[])[], union: ErrorObject): ErrorObject | undefined {
  const kinds = forms.map((errors) => errors.filter((error) => isOfKind(error, union)));
  const [[first] = []] = kinds;
  if (first === undefined || forms.length < 2) return undefined;
  if (!kinds.every(([one, ...others]) => one?.instancePath === first.instancePath && others.length === 0))
    return undefined;
  const allowedValues = [...new Set(kinds.flat().flatMap(valuesOf))];
  const texts = allowedValues.map((value) => JSON.stringify(value));
  const more = texts.length > MOST_NAMED ? ` or ${texts.length - MOST_NAMED} more` : '';
  const message = `must be one of ${texts.slice(0, MOST_NAMED).join(', ')}${more}`;
  return { ...first, keyword: 'enum', params: { allowedValues }, message };
}

const MOST_NAMED = 5;

/** The values that a `const` or `enum` allows. */
function valuesOf({ keyword, schema }: ErrorObject): readonly unknown[] {
  return keyword === 'enum' && Array.isArray(schema) ? schema : [schema];
}

/** Those with the smallest number. */
function withFewest<T>(list: readonly T[], count: (each: T) => number): readonly T[] {
  const fewest = Math.min(...list.map(count));
  const found = list.filter((each) => count(each) === fewest);
  return found.length === list.length ? list : found;
}

function keyOf({ instancePath, keyword, params }: ErrorObject): string {
  return JSON.stringify([instancePath, keyword, params]);
}
