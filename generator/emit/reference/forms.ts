import type { Contract, Json, MediaType, Operation, QueryRole, Schema } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { sampleValue } from '../../../contract/sample/sample-value.js';
import { code } from './markdown.js';
import { propertiesTable } from './properties.js';
import { exampleOf } from './request-sections.js';
import { formsOf, shapeOf, typesOf } from './shape.js';

/** The properties of a response with an example. A listing that has several forms says when each of them comes. */
export function formBlocks(contract: Contract, operation: Operation, media: MediaType): readonly string[] {
  const forms = formsOf(shapeOf(contract, media.schema));
  const conditions = forms.map((form) => conditionOf(operation, shapeOf(contract, form)));
  const known = conditions.filter((condition) => condition !== undefined);
  if (forms.length < 2 || known.length < forms.length || new Set(known).size < forms.length)
    return [propertiesTable(contract, media.schema, 'response'), ...exampleOf(media.example)];
  return forms.flatMap((form, index) => [
    `#### ${conditions[index]}`,
    propertiesTable(contract, isObject(form) ? form : {}, 'response'),
    ...exampleOf(exampleOfForm(contract, media, form)),
  ]);
}

/** When a listing has a form: by the parameters that ask for totals or for checkpoints. Undefined if they do not tell. */
function conditionOf({ parameters }: Operation, shape: Schema): string | undefined {
  const named = (kind: QueryRole['kind']): string | undefined =>
    parameters.find(({ query }) => query?.kind === kind)?.name;
  const [totals, take] = [named('totals'), named('take')];
  const properties = isObject(shape.properties) ? shape.properties : {};
  if (typesOf(shape).includes('array')) return 'By default';
  if ('total' in properties && totals !== undefined) return `With ${code(`${totals}=true`)}`;
  return 'next' in properties && take !== undefined ? `With ${code(take)}` : undefined;
}

/** The example of the contract that has the form, else one made from its schema. */
function exampleOfForm(contract: Contract, { examples = [] }: MediaType, form: Json): Json {
  const shape = shapeOf(contract, form);
  const properties = isObject(shape.properties) ? shape.properties : {};
  const required = Array.isArray(shape.required) ? shape.required : [];
  const found = examples.find(({ value }) => {
    if (Array.isArray(value)) return typesOf(shape).includes('array');
    if (!isObject(value) || typesOf(shape).includes('array')) return false;
    return required.every((name) => String(name) in value) && Object.keys(value).every((name) => name in properties);
  });
  return found?.value ?? sampleValue(contract, isObject(form) ? form : {}, { direction: 'request' });
}
