import type { Contract, Json, Schema } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { constraintsInWords, typeInWords, value } from './constraints.js';
import { code, line, table } from './markdown.js';
import { formsOf, shapeOf, typesOf } from './shape.js';

/** Nested properties are listed down to this level. */
const DEEPEST = 3;

/** A request has no `readOnly` properties, a response no `writeOnly` ones. */
export type Direction = 'request' | 'response';

/** A table of the properties of a body: `parent.child` for nested objects, `list[]` for lists. */
export function propertiesTable(contract: Contract, schema: Schema, direction: Direction): string {
  const shape = shapeOf(contract, schema);
  const type = typeInWords(contract, schema);
  const known = written[direction].get(shape);
  if (known?.type === type) return known.text;
  const text = writeTable(contract, schema, direction);
  written[direction].set(shape, { type, text });
  return text;
}

/** The text of a table, and its type in words: a schema without a type has the name by which a reference calls it. */
interface Written {
  readonly type: string;
  readonly text: string;
}

/** A cache: most bodies are used by several operations. */
const written = { request: new WeakMap<Schema, Written>(), response: new WeakMap<Schema, Written>() };

function writeTable(contract: Contract, schema: Schema, direction: Direction): string {
  const forms = formsOf(shapeOf(contract, schema));
  if (forms.length < 2) return single(contract, forms[0] ?? schema, direction);
  const blocks = forms.map((form, index) => {
    const title = shapeOf(contract, form).title;
    const name = typeof title === 'string' ? `, ${line(title)}` : '';
    return `Form ${index + 1} of ${forms.length}${name}:\n\n${single(contract, form, direction)}`;
  });
  return blocks.join('\n\n');
}

function single(contract: Contract, schema: Json, direction: Direction): string {
  const rows = rowsOf(contract, schema, { path: '', depth: 0, direction });
  const about = [`A body of type ${typeInWords(contract, schema)}`, ...constraintsInWords(contract, schema)].join('; ');
  if (rows.length === 0) return `${about}.`;
  const list = typesOf(shapeOf(contract, schema)).includes('array') ? `${about}.\n\n` : '';
  return list + table(['Property', 'Type', 'Required', 'Constraints', 'Default', 'Description'], rows);
}

interface Place {
  readonly path: string;
  readonly depth: number;
  readonly direction: Direction;
  /** The lists around it, up to the next object. */
  readonly lists?: readonly Schema[];
}

function rowsOf(contract: Contract, schema: Json, place: Place): readonly (readonly string[])[] {
  const shape = shapeOf(contract, schema);
  if (shape.items !== undefined) {
    const { path, lists = [] } = place;
    // A list may be its own entry.
    return lists.includes(shape)
      ? []
      : rowsOf(contract, shape.items, { ...place, path: `${path}[]`, lists: [...lists, shape] });
  }
  const properties = isObject(shape.properties) ? shape.properties : {};
  const required = new Set(Array.isArray(shape.required) ? shape.required : []);
  const hidden = place.direction === 'request' ? 'readOnly' : 'writeOnly';
  return Object.entries(properties).flatMap(([name, property]) => {
    const described = shapeOf(contract, property);
    if (described[hidden] === true) return [];
    const path = place.path === '' ? name : `${place.path}.${name}`;
    const { constraints, otherwise, description } = cellsOf(contract, property);
    const type = typeInWords(contract, property);
    const row = [code(path), type, required.has(name) ? 'yes' : '', constraints, otherwise, description];
    if (place.depth + 1 >= DEEPEST) return [row];
    return [row, ...rowsOf(contract, described, { ...place, path, depth: place.depth + 1, lists: [] })];
  });
}

interface Cells {
  readonly constraints: string;
  readonly otherwise: string;
  readonly description: string;
}

/** The cells of a property without its type, cached: many properties appear in several tables. */
function cellsOf(contract: Contract, property: Json): Cells {
  const shape = shapeOf(contract, property);
  const known = cells.get(shape);
  if (known !== undefined) return known;
  const made = {
    constraints: constraintsInWords(contract, property).join('; '),
    otherwise: shape.default === undefined ? '' : value(shape.default),
    description: typeof shape.description === 'string' ? line(shape.description) : '',
  };
  cells.set(shape, made);
  return made;
}

const cells = new WeakMap<Schema, Cells>();
