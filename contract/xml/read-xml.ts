import type { Json } from '../contract.js';
import { ANY, type XmlShape } from './shape.js';

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

/** Deeper documents are refused: the value is walked by recursion. */
const MOST_NESTED = 64;

/**
 * The value of an XML document: texts have the types of their schemas. Undefined for a document that is not well-formed,
 * is nested deeper than 64 levels, or declares a document type, whose entities could grow without measure.
 */
export function readXml(text: string, shape: XmlShape): Json | undefined {
  const root = parseXml(text);
  return root === undefined ? undefined : valueOfElements([root], shape, true);
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([^\s<>/!?"'=]+)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>|([^<]+)/y;
const ATTRIBUTE = /\s+([^\s=<>/"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

function parseXml(text: string): Element | undefined {
  const document: Element = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [document];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text);
    const parent = open.at(-1);
    if (token === null || parent === undefined) return undefined;
    const [, cdata, slash, name, rest = '', content] = token;
    if (cdata !== undefined) parent.text += cdata;
    else if (content !== undefined) {
      const plain = unescapeXml(content);
      if (plain === undefined) return undefined;
      parent.text += plain;
    } else if (name === undefined) continue;
    else if (slash === '/') {
      if (open.length === 1 || open.pop()?.name !== name || rest.trim() !== '') return undefined;
    } else {
      const isClosed = rest.endsWith('/');
      const attributes = attributesOf(isClosed ? rest.slice(0, -1) : rest);
      if (attributes === undefined) return undefined;
      const element = { name, attributes, children: [], text: '' };
      parent.children.push(element);
      if (!isClosed && open.push(element) > MOST_NESTED) return undefined;
    }
  }
  const isWhole = open.length === 1 && document.children.length === 1 && document.text.trim() === '';
  return isWhole ? document.children[0] : undefined;
}

function attributesOf(text: string): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  let at = 0;
  while (at < text.length && text.slice(at).trim() !== '') {
    ATTRIBUTE.lastIndex = at;
    const [whole, name, double, single] = ATTRIBUTE.exec(text) ?? [];
    const value = unescapeXml(double ?? single ?? '');
    if (whole === undefined || name === undefined || value === undefined || found.has(name)) return undefined;
    found.set(name, value);
    at += whole.length;
  }
  return found;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Undefined for an entity that XML does not have. */
function unescapeXml(text: string): string | undefined {
  let isKnown = true;
  const plain = text.replace(/&([^;&]*;?)/g, (_, reference: string) => {
    const code = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));$/i.exec(reference);
    const point =
      code === null ? undefined : Number.parseInt(code[1] ?? code[2] ?? '', code[1] === undefined ? 10 : 16);
    const known =
      point === undefined
        ? ENTITIES.get(reference.slice(0, -1))
        : point > 0x10_ff_ff
          ? undefined
          : String.fromCodePoint(point);
    isKnown &&= known !== undefined && reference.endsWith(';');
    return known ?? '';
  });
  return isKnown ? plain : undefined;
}

/** The value of the elements with one name. */
function valueOfElements(elements: readonly Element[], shape: XmlShape, isRoot = false): Json {
  const [element] = elements;
  if (element === undefined) return null;
  if (shape.types.includes('array')) {
    const entries = shape.wrapped || isRoot ? element.children : elements;
    return entries.map((entry) => valueOfElements([entry], shape.items ?? ANY));
  }
  const hasParts = element.children.length > 0 || element.attributes.size > 0;
  if (shape.types.includes('object') || shape.properties.size > 0 || (shape.types.length === 0 && hasParts))
    return objectOf(element, shape);
  return scalarOf(element.text, shape.types);
}

function objectOf(element: Element, { properties, required }: XmlShape): Json {
  const value = new Map<string, Json>();
  const byName = new Map([...properties].map(([property, shape]) => [nameIn(property, shape), { property, shape }]));
  for (const [name, text] of element.attributes) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
    const { property = name, shape = ANY } = byName.get(name) ?? {};
    value.set(property, scalarOf(text, shape.types));
  }
  const groups = new Map<string, Element[]>();
  for (const child of element.children) groups.set(child.name, [...(groups.get(child.name) ?? []), child]);
  for (const [name, children] of groups) {
    const { property = name, shape = ANY } = byName.get(name) ?? {};
    const isList = shape === ANY && children.length > 1;
    value.set(
      property,
      isList ? children.map((child) => valueOfElements([child], ANY)) : valueOfElements(children, shape),
    );
  }
  // An empty list without an element of its own leaves no trace.
  for (const [property, shape] of properties)
    if (required.has(property) && !value.has(property) && isBareList(shape)) value.set(property, []);
  return Object.fromEntries(value);
}

/** The name that a property has in XML: entries that are not wrapped may have one of their own. */
function nameIn(property: string, shape: XmlShape): string {
  return (isBareList(shape) ? (shape.items?.name ?? shape.name) : shape.name) ?? property;
}

/** Whether entries are written where the list is, each as an element. */
function isBareList({ types, wrapped, attribute }: XmlShape): boolean {
  return types.includes('array') && !wrapped && !attribute;
}

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

function scalarOf(text: string, types: readonly string[]): Json {
  const plain = text.trim();
  for (const type of types) {
    if ((type === 'integer' || type === 'number') && NUMBER.test(plain)) return Number(plain);
    if (type === 'boolean' && /^(true|false|1|0)$/.test(plain)) return plain === 'true' || plain === '1';
    if (type === 'null' && plain === '') return null;
  }
  return text;
}
