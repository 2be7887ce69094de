import type { Contract, Json, JsonObject, Parameter } from '../../contract/contract.js';
import { listSeparator } from '../../contract/http/list-separator.js';
import { valueOfText } from '../../contract/http/text-value.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import { isSchema, propertiesOf } from '../view/properties.js';
import { entriesOf, pairsOf } from './entries.js';
import { objectOfFields } from './fields.js';
import { jsonOf, kindOf } from './text-kind.js';

/** How the texts of a parameter become its value: by `style`, `explode` and `content` of OpenAPI. */
export interface ParameterStyle {
  /** An empty object leaves nothing to send. */
  readonly emptyIsAbsent: boolean;
  /** The names in the request whose texts belong to it, besides its own. */
  readonly takes: (name: string) => string | undefined;
  /** Whether names that belong to nothing else are its own: an object in a query may have properties of any name. */
  readonly takesOthers?: boolean;
  /**
   * @param own texts under its own name
   * @param parts texts under other names, by the part that they are
   * @param encoded the last text under its own name, still percent-encoded
   */
  readonly value: (own: readonly string[], parts: ReadonlyMap<string, readonly string[]>, encoded?: string) => Json;
}

/** All of a value is in the text under its own name. */
const WHOLE = { emptyIsAbsent: false, takes: (): undefined => undefined };

/** The style of a parameter; undefined for the usual one: a text, or texts under the same name. */
export function styleOf(contract: Contract, parameter: Parameter): ParameterStyle | undefined {
  const { name, schema, style: text = DEFAULTS[parameter.in], explode: isExploded = text === 'form' } = parameter;
  if (parameter.json === true) return { ...WHOLE, value: (own) => jsonOf(own.at(-1) ?? '') };
  const kind = kindOf(contract, schema);
  const items = contract.resolve(schema).items;
  if (kind === 'array' && isSchema(items) && kindOf(contract, items) !== 'other' && isExploded)
    return { ...WHOLE, value: (own) => own.map(jsonOf) };
  if (kind === 'object') return objectStyle(contract, parameter, text, isExploded);
  // In a query, each entry is a separate text; elsewhere, a list is one text even if it explodes.
  if (parameter.in !== 'path' && (kind !== 'array' || (isExploded && parameter.in === 'query'))) return undefined;
  const exploded: Readonly<Record<string, string>> = { label: '.', matrix: `;${name}=` };
  const separator = (isExploded ? exploded[text] : undefined) ?? listSeparator(text);
  return {
    ...WHOLE,
    value: (own, _, encoded) => {
      const bare = withoutPrefix(own.at(-1) ?? '', text, name);
      if (kind !== 'array') return valueOfText(contract, schema, [bare]);
      const encodedBare = encoded === undefined ? undefined : withoutPrefix(encoded, text, name);
      return valueOfText(contract, schema, entriesOf(bare, separator, encodedBare));
    },
  };
}

const DEFAULTS = { path: 'simple', query: 'form', header: 'simple', cookie: 'form' } as const;

/** `.blue` of a label and `;color=blue` of a matrix without what marks them. An empty text of a matrix is `;color`. */
function withoutPrefix(text: string, style: string, name: string): string {
  if (style === 'label') return text.replace(/^\./, '');
  if (style === 'matrix' && text === `;${name}`) return '';
  return style === 'matrix' && text.startsWith(`;${name}=`) ? text.slice(name.length + 2) : text;
}

function objectStyle(
  contract: Contract,
  { name, schema, in: place }: Parameter,
  style: string,
  explode: boolean,
): ParameterStyle | undefined {
  const properties = propertiesOf(contract, schema);
  const { additionalProperties } = mergedSchema(contract, schema);
  const others = isSchema(additionalProperties) ? additionalProperties : {};
  const build = (texts: Iterable<readonly [string, readonly string[]]>): JsonObject =>
    Object.fromEntries(
      [...texts].map(([key, values]) => [key, valueOfText(contract, properties.get(key) ?? others, values)]),
    );
  if (style === 'deepObject') {
    const part = (given: string) =>
      given.startsWith(`${name}[`) && given.endsWith(']') ? given.slice(name.length + 1, -1) : undefined;
    // `p[a][b]` is the part `a][b`.
    const named = (given: string): string => (given.includes('][') ? `${given.replace(']', '')}]` : given);
    return {
      emptyIsAbsent: true,
      takes: part,
      value: (own, parts) =>
        parts.size === 0
          ? valueOfText(contract, schema, own)
          : objectOfFields(contract, schema, new Map([...parts].map(([name, texts]) => [named(name), texts])), {}),
    };
  }
  if (style === 'form' && explode) {
    const takes = (given: string) => (properties.has(given) ? given : undefined);
    const isFree = additionalProperties === undefined ? properties.size === 0 : additionalProperties !== false;
    // A text under its own name is another form.
    return {
      emptyIsAbsent: true,
      takes,
      takesOthers: place === 'query' && isFree,
      value: (own, parts) => (parts.size === 0 ? valueOfText(contract, schema, own) : build(parts)),
    };
  }
  const separator = (explode ? EXPLODED_OBJECTS[style] : undefined) ?? listSeparator(style);
  const bareOf = (text: string): string =>
    explode && style === 'matrix' ? text.replace(/^;/, '') : withoutPrefix(text, style, name);
  return {
    ...WHOLE,
    value: (own, _, encoded) => {
      const bare = bareOf(own.at(-1) ?? '');
      if (bare === '') return {};
      const encodedBare = encoded === undefined ? undefined : bareOf(encoded);
      if (explode) return build(pairsOf(bare, separator, encodedBare).map(([key, text]) => [key, [text]]));
      const words = entriesOf(bare, separator, encodedBare);
      const pairs = words.flatMap((word, index) =>
        index % 2 === 0 ? [[word, [words[index + 1] ?? '']] as const] : [],
      );
      return build(pairs);
    },
  };
}

/** What sets the pairs of an object apart: `.R=100.G=200`, `;R=100;G=200`. @see RFC 6570, sections 3.2.5 and 3.2.7 */
const EXPLODED_OBJECTS: Readonly<Record<string, string>> = { label: '.', matrix: ';' };
