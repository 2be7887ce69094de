import type { Json } from '../contract.js';
import { isObject } from '../pointer.js';
import { ANY, type XmlShape } from './shape.js';

/** A value as an XML document. @see OpenAPI, XML Object */
export function writeXml(value: Json, shape: XmlShape): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${element(value, shape, shape.name ?? 'root', true)}`;
}

function element(value: Json, shape: XmlShape, fallback: string, isRoot = false): string {
  const name = elementName(shape.name ?? fallback);
  const namespace = shape.namespace === undefined ? '' : ` ${namespaceAttribute(name, shape.namespace)}`;
  if (Array.isArray(value)) {
    const { items } = shape;
    const entries = value.map((entry: Json) => element(entry, items ?? ANY, items?.name ?? name)).join('');
    return shape.wrapped || isRoot ? `<${name}${namespace}>${entries}</${name}>` : entries;
  }
  if (!isObject(value)) return `<${name}${namespace}>${escapeXml(scalarText(value))}</${name}>`;
  const attributes: string[] = [];
  const children: string[] = [];
  for (const [property, part] of Object.entries(value)) {
    const own = shape.properties.get(property) ?? ANY;
    if (own.attribute) attributes.push(` ${elementName(own.name ?? property)}="${escapeXml(scalarText(part))}"`);
    else children.push(element(part, own, property));
  }
  return `<${name}${namespace}${attributes.join('')}>${children.join('')}</${name}>`;
}

function namespaceAttribute(name: string, namespace: string): string {
  const [prefix] = name.includes(':') ? name.split(':') : [];
  return `xmlns${prefix === undefined ? '' : `:${prefix}`}="${escapeXml(namespace)}"`;
}

/** Characters that XML allows in no name are replaced. */
function elementName(name: string): string {
  const clean = name.replace(/[^\p{L}\p{N}_.:-]/gu, '_');
  return /^[\p{L}_]/u.test(clean) ? clean : `_${clean}`;
}

function scalarText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
