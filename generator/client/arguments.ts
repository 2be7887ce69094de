import { isDeepStrictEqual } from 'node:util';
import type {
  Contract,
  Encoding,
  JsonObject,
  MediaType,
  Operation,
  Parameter,
  PartEncodings,
  Pointer,
  Schema,
} from '../../contract/contract.js';
import { isJson } from '../../contract/http/media-type.js';
import { objectOr } from '../../contract/json/json-value.js';
import { getPointer, joinPointer } from '../../contract/pointer.js';
import type {
  BodyArgument,
  BodyContent,
  InputArgument,
  ParametersArgument,
  PathArgument,
  PathStyle,
  QueryArgument,
  QueryStyle,
} from './method.js';
import { camelCase, pascalCase, reserveParameterName } from './names.js';

export interface Arguments {
  readonly ids: readonly PathArgument[];
  readonly body?: BodyArgument;
  readonly query?: QueryArgument;
  readonly headers?: ParametersArgument;
  readonly cookies?: ParametersArgument;
  readonly input?: InputArgument;
  readonly unsentBody?: true;
  /** The parameter names in use. */
  readonly taken: Set<string>;
}

/** The arguments of a method: ids in the order of the path, then body, query, headers, cookies and options. */
export function planArguments(contract: Contract, operation: Operation): Arguments {
  const taken = new Set(reservedParameters);
  const ids = planIds(contract, operation, taken);
  // With these methods, `fetch` throws if there is a body.
  const unsentBody = operation.requestBody !== undefined && /^(?:GET|HEAD|TRACE)$/.test(operation.method);
  const body = unsentBody ? undefined : planBody(contract, operation, taken);
  const query = planQuery(contract, operation, taken);
  const headers = planParameters(operation, 'header', taken);
  const cookies = planParameters(operation, 'cookie', taken);
  const given = [body, query, headers, cookies].filter((argument) => argument !== undefined);
  return {
    ids,
    ...(body && { body }),
    ...(query && { query }),
    ...(headers && { headers }),
    ...(cookies && { cookies }),
    ...(isUnreadable(given) && { input: planInput(given, taken) }),
    ...(unsentBody && { unsentBody }),
    taken,
  };
}

/** Names that a method or a function uses itself. */
export const reservedParameters: readonly string[] =
  'anyType asChosen asForm asGiven asInput asJson asJsonOf asMultipart asParts asPlainForm asQuery asked call connection inCookies inHeaders inQuery inStyledQuery options page parseAny parseHtml parseText part readEvents readLines readStream readTextEvents sendBatches styledPath types walkPages'.split(
    ' ',
  );

/** `get(undefined, { … })`: an optional argument in front of another, or so many that their order is hard to remember. */
function isUnreadable(given: readonly { readonly required: boolean }[]): boolean {
  return given.length > 2 || given.slice(0, -1).some(({ required }) => !required);
}

function planInput(given: readonly { readonly required: boolean }[], taken: Set<string>): InputArgument {
  return { name: reserveParameterName('input', taken), required: given.some(({ required }) => required) };
}

/** The path parameters in their order, named after their resource (`userId`) if the effect names it. */
function planIds(contract: Contract, operation: Operation, taken: Set<string>): readonly PathArgument[] {
  return [...operation.path.matchAll(/\{(.+?)\}/g)].map(([, place = '']) => {
    const parameter =
      operation.parameters.find(({ in: where, name }) => where === 'path' && name === place) ?? undeclared(place);
    const style = pathStyle(contract, parameter);
    const name = reserveParameterName(idName(operation, place), taken);
    return { name, parameter, ...(style !== undefined && { style }) };
  });
}

/** The prefixes of paths by style. */
const prefixes: Readonly<Record<string, '' | '.' | ';'>> = { simple: '', label: '.', matrix: ';' };

/** Undefined for a plain value in the style `simple`. */
function pathStyle(contract: Contract, { pointer, schema }: Parameter): PathStyle | undefined {
  const { style = 'simple', explode, allowReserved } = objectOr(getPointer(contract.document, pointer));
  const prefix = prefixes[String(style)] ?? '';
  const { type } = contract.resolve(schema);
  const isPlain = ![type].flat().some((one) => one === 'array' || one === 'object');
  const reserved = allowReserved === true ? '+' : '';
  if (prefix === '' && isPlain && reserved === '') return undefined;
  return `${prefix}${explode === true ? '*' : ''}${reserved}`;
}

function idName({ effect }: Operation, place: string): string {
  const side = Object.entries(effect?.of ?? {}).find(([, parameter]) => parameter === place)?.[0];
  if (side === undefined) return camelCase(place);
  return camelCase(side) + pascalCase(side === effect?.target ? (effect.by ?? 'id') : 'id');
}

/** A path parameter that the document does not declare. */
function undeclared(name: string): Parameter {
  return { name, in: 'path', required: true, description: '', schema: {}, deprecated: false, pointer: '/' };
}

/**
 * Without the content types that are another spelling of the default one: the client would write the same value, as JSON
 * or as a form, and nothing is gained by a choice.
 */
function distinctBodies(content: readonly MediaType[]): readonly MediaType[] {
  const chosen = content.find(({ type }) => isJson(type)) ?? content[0];
  const isWritten = ({ type, files = [] }: MediaType) =>
    isJson(type) || /urlencoded/.test(type) || (type.startsWith('multipart/') && files.length === 0);
  return content.filter(
    (one) => one === chosen || !chosen || !isWritten(one) || !isDeepStrictEqual(one.schema, chosen.schema),
  );
}

/** All content types, JSON first if the operation accepts it. */
function planBody(contract: Contract, { requestBody }: Operation, taken: Set<string>): BodyArgument | undefined {
  if (requestBody === undefined) return undefined;
  const types = [...new Set(distinctBodies(requestBody.content).map(({ type }) => type))];
  const ordered = [...types.filter(isJson).slice(0, 1), ...types].filter(
    (type, index, all) => all.indexOf(type) === index,
  );
  const [type] = ordered;
  if (type === undefined) return undefined;
  const contents = ordered.map((one): BodyContent => {
    const { schema = {}, files = [], parts } = requestBody.content.find((content) => content.type === one) ?? {};
    const styles = /urlencoded/.test(one) ? formStyles(contract, requestBody.pointer, one) : {};
    return {
      type: one,
      styles,
      isPlain: Object.keys(styles).length === 0 && isPlainForm(contract, schema),
      files,
      ...(parts && { parts: partTypes(parts) }),
    };
  });
  const { required, description } = requestBody;
  return { name: reserveParameterName('body', taken), required, type, contents, description };
}

/** A range such as `image/*` leaves the type to the part. */
function partTypes({ prefix, items }: PartEncodings): NonNullable<BodyContent['parts']> {
  const typeOf = ({ contentType = '' }: Partial<Encoding>): string =>
    contentType
      .split(',')
      .find((type) => !type.includes('*'))
      ?.trim() ?? '';
  return { types: prefix.map(typeOf), others: typeOf(items ?? {}) };
}

function isPlainForm(contract: Contract, schema: Schema): boolean {
  const { type, properties, additionalProperties, allOf, anyOf, oneOf } = contract.resolve(schema);
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  if (type !== 'object' || isOpen || allOf !== undefined || anyOf !== undefined || oneOf !== undefined) return false;
  return Object.values(objectOr(properties)).every((property) => isPlainValue(contract, objectOr(property)));
}

/** The styles that the encoding of a form sets. @see OpenAPI 3.1, section 4.8.15 */
function formStyles({ document }: Contract, pointer: Pointer, type: string): BodyContent['styles'] {
  const content = objectOr(getPointer(document, joinPointer(pointer, 'content')));
  const media = Object.entries(content).find(([key]) => key.toLowerCase().startsWith(type))?.[1];
  const styles = Object.entries(objectOr(objectOr(media).encoding)).flatMap(([name, encoding]) => {
    const style = styleOf(objectOr(encoding));
    return style === undefined ? [] : [[name, style] as const];
  });
  return Object.fromEntries(styles);
}

function planQuery(contract: Contract, operation: Operation, taken: Set<string>): QueryArgument | undefined {
  const whole = wholeQuery(operation);
  if (whole !== undefined) {
    const name = reserveParameterName(argumentNames.query, taken);
    return { name, required: whole.required, parameters: [whole], styles: {}, isPlain: false, whole };
  }
  const argument = planParameters(operation, 'query', taken);
  if (argument === undefined) return undefined;
  const styles = argument.parameters.flatMap((parameter) => {
    const style = queryStyle(contract, parameter);
    return style === undefined ? [] : [[parameter.name, style] as const];
  });
  const isPlain = styles.length === 0 && argument.parameters.every(({ schema }) => isPlainValue(contract, schema));
  return { ...argument, styles: Object.fromEntries(styles), isPlain };
}

/** The parameter that is the whole query, unless there are others, which OpenAPI does not allow. */
function wholeQuery({ parameters, queryText }: Operation): Parameter | undefined {
  const [first, second] = parameters.filter((parameter) => parameter.in === 'query');
  if (first === undefined) return queryText;
  return first.isWholeQuery === true && second === undefined ? first : undefined;
}

/** Whether a value, and each entry of a list, is neither an object nor a list. */
function isPlainValue(contract: Contract, schema: Schema, isEntry = false): boolean {
  const { type, items } = contract.resolve(schema);
  const types = [type].flat();
  if (types.includes('array') && !isEntry) return isPlainValue(contract, objectOr(items), true);
  return types.every((one) => ['string', 'number', 'integer', 'boolean', 'null'].includes(String(one)));
}

/** The names of arguments by kind of parameter. */
const argumentNames = { query: 'query', header: 'headers', cookie: 'cookies' } as const;

function planParameters(
  operation: Operation,
  kind: keyof typeof argumentNames,
  taken: Set<string>,
): ParametersArgument | undefined {
  const parameters = operation.parameters.filter(
    (parameter) => parameter.in === kind && !(kind === 'header' && isWithoutArgument(parameter)),
  );
  if (parameters.length === 0) return undefined;
  const required = parameters.some((parameter) => parameter.required);
  return { name: reserveParameterName(argumentNames[kind], taken), required, parameters };
}

function isWithoutArgument({ name, required, isSdkIgnored }: Parameter): boolean {
  return reservedHeaders.test(name) || (isSdkIgnored === true && !required);
}

/** Headers that OpenAPI reserves: the client sets them itself. @see OpenAPI 3.1, section 4.8.12.2.1 */
const reservedHeaders = /^(?:accept|content-type|authorization)$/i;

/** The style of a parameter if it is not the default. */
function queryStyle({ document }: Contract, { pointer }: Parameter): QueryStyle | undefined {
  const declared = objectOr(getPointer(document, pointer));
  if (Object.keys(objectOr(declared.content)).some((type) => isJson(type.split(';')[0]?.trim().toLowerCase() ?? '')))
    return 'json';
  return styleOf(declared);
}

/** By `style`, `explode` and `allowReserved`, for a parameter or the encoding of a property. */
function styleOf({ style = 'form', explode = style === 'form', allowReserved }: JsonObject): QueryStyle | undefined {
  const reserved = allowReserved === true ? '+' : '';
  if (style === 'deepObject') return `${reserved}deepObject`;
  const separator = explode === true ? undefined : separators[String(style)];
  return separator === undefined ? reserved || undefined : `${reserved}${separator}`;
}

/** The separator of the parts of one value, by style. */
const separators: Readonly<Record<string, ',' | '%20' | '|'>> = {
  form: ',',
  spaceDelimited: '%20',
  pipeDelimited: '|',
};
