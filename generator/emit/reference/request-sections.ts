import type {
  Contract,
  Encoding,
  Json,
  MediaType,
  Operation,
  PartEncodings,
  Schema,
} from '../../../contract/contract.js';
import { partEncoding } from '../../../contract/http/multipart-parts.js';
import { isObject } from '../../../contract/pointer.js';
import { listed } from '../text/names.js';
import { constraintsInWords, typeInWords, value } from './constraints.js';
import { bullets, code, fenced, line, prose, section, table } from './markdown.js';
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

export function bodySection(contract: Contract, operation: Operation): string {
  const { requestBody } = operation;
  if (requestBody === undefined) return '';
  const { required, description, content } = requestBody;
  const types = content.map(({ type }) => code(type)).join(' or ');
  const need = `${required ? 'Required' : 'Optional'}${types === '' ? '' : `, as ${types}`}.`;
  return section(
    'Request body',
    prose(description),
    need,
    ...mediaTypes(contract, content),
    kindsInWords(contract, operation),
  );
}

/** Media types with the same properties share a table. */
function mediaTypes(contract: Contract, content: readonly MediaType[]): readonly string[] {
  const known = new Set<string>();
  return content.flatMap(({ type, schema, itemSchema = schema, parts, example }) => {
    const table = propertiesTable(contract, itemSchema, 'request');
    const properties = parts === undefined ? table : [partsInWords(contract, schema, parts), table].join('\n\n').trim();
    if (known.has(properties)) return [];
    known.add(properties);
    const title = content.length > 1 && known.size > 1 ? [`With ${code(type)}:`] : [];
    return [...title, properties, ...exampleOf(example)];
  });
}

/** What each part of a list of parts is. */
function partsInWords(contract: Contract, schema: Schema, parts: PartEncodings): string {
  const { prefixItems, items, maxItems } = shapeOf(contract, schema);
  const first: readonly Json[] = Array.isArray(prefixItems) ? prefixItems : [];
  const count = Math.max(first.length, parts.prefix.length);
  const describe = (part: Json | undefined, encoding: Encoding | undefined): string => {
    const type = typeInWords(contract, isObject(part) ? part : {});
    return encoding?.contentType === undefined ? type : `${type}, as ${code(encoding.contentType)}`;
  };
  const rows = Array.from({ length: count }, (_, index) => [
    `Part ${index + 1}`,
    describe(first[index] ?? items, partEncoding(parts, index)),
  ]);
  const isFull = typeof maxItems === 'number' && maxItems <= count;
  const others =
    items === false || isFull ? [] : [[count === 0 ? 'Each part' : 'Others', describe(items, parts.items)]];
  return [
    'A list of parts without names.',
    bullets([...rows, ...others].map(([name, words]) => `${name}: ${words}`)),
  ].join('\n\n');
}

/** What the kind of the item requires, such as the strategy of a user's connection. */
function kindsInWords({ resources }: Contract, { effect, requestBody }: Operation): string {
  const source = resources.get(effect?.target ?? '')?.kind;
  const [kinds] = (requestBody?.content ?? []).flatMap((media) => (media.kinds === undefined ? [] : [media.kinds]));
  if (kinds === undefined || source === undefined) return '';
  const rules = [...kinds].map(([kind, { required, refused }]) => {
    const parts = [
      ...(required.length === 0 ? [] : [`requires ${listed(required.map(code))}`]),
      ...(refused.length === 0 ? [] : [`refuses ${listed(refused.map(code))}`]),
    ];
    return `${code(kind)}: ${parts.length === 0 ? 'requires nothing else' : parts.join(', ')}.`;
  });
  return `By the ${code(source.of)} of the ${code(source.property)}:\n\n${bullets(rules)}`;
}

/** An example as a code block. */
export function exampleOf(example: Json | undefined): readonly string[] {
  if (example === undefined) return [];
  return ['Example:', fenced('json', JSON.stringify(example, null, 2))];
}
