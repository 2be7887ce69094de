import type { Contract, Json, MediaType, Operation } from '../../../contract/contract.js';
import { constraintsInWords, typeInWords, value } from './constraints.js';
import { code, fenced, line, prose, section, table } from './markdown.js';
import { propertiesTable } from './properties.js';
import { shapeOf } from './shape.js';

export function parametersSection(contract: Contract, { parameters, queryText }: Operation): string {
  const all = queryText === undefined ? parameters : [...parameters, queryText];
  if (all.length === 0) return '';
  const rows = all.map((parameter) => {
    const shape = shapeOf(contract, parameter.schema);
    const description = parameter.description || (typeof shape.description === 'string' ? shape.description : '');
    const deprecated = parameter.deprecated ? ['deprecated'] : [];
    return [
      code(parameter.name),
      parameter.isWholeQuery || parameter === queryText ? 'whole query' : parameter.in,
      typeInWords(contract, parameter.schema),
      parameter.required ? 'yes' : '',
      [...constraintsInWords(contract, parameter.schema), ...deprecated].join('; '),
      shape.default === undefined ? '' : value(shape.default),
      line(description),
    ];
  });
  return section(
    'Parameters',
    table(['Name', 'In', 'Type', 'Required', 'Constraints', 'Default', 'Description'], rows),
  );
}

export function bodySection(contract: Contract, { requestBody }: Operation): string {
  if (requestBody === undefined) return '';
  const { required, description, content } = requestBody;
  const types = content.map(({ type }) => code(type)).join(' or ');
  const need = `${required ? 'Required' : 'Optional'}${types === '' ? '' : `, as ${types}`}.`;
  return section('Request body', prose(description), need, ...mediaTypes(contract, content));
}

/** Media types with the same properties share a table. */
function mediaTypes(contract: Contract, content: readonly MediaType[]): readonly string[] {
  const known = new Set<string>();
  return content.flatMap(({ type, schema, itemSchema = schema, example }) => {
    const properties = propertiesTable(contract, itemSchema, 'request');
    if (known.has(properties)) return [];
    known.add(properties);
    const title = content.length > 1 && known.size > 1 ? [`With ${code(type)}:`] : [];
    return [...title, properties, ...exampleOf(example)];
  });
}

/** An example as a code block. */
export function exampleOf(example: Json | undefined): readonly string[] {
  if (example === undefined) return [];
  return ['Example:', fenced('json', JSON.stringify(example, null, 2))];
}
