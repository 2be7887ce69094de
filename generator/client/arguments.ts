import type { Contract, JsonObject, Operation, Parameter, Pointer } from '../../contract/contract.js';
import { objectOr } from '../../contract/load/source.js';
import { getPointer, joinPointer } from '../../contract/pointer.js';
import type { BodyArgument, ParametersArgument, PathArgument, QueryArgument, QueryStyle } from './method.js';
import { camelCase, pascalCase, reserveParameterName } from './names.js';

export interface Arguments {
  readonly ids: readonly PathArgument[];
  readonly body?: BodyArgument;
  readonly query?: QueryArgument;
  readonly headers?: ParametersArgument;
  readonly cookies?: ParametersArgument;
  /** The parameter names in use. */
  readonly taken: Set<string>;
}

/** The arguments of a method: ids in the order of the path, then body, query, headers, cookies and options. */
export function planArguments(contract: Contract, operation: Operation): Arguments {
  const taken = new Set(['options']);
  const ids = planIds(operation, taken);
  const body = planBody(contract, operation, taken);
  const query = planQuery(contract, operation, taken);
  const headers = planParameters(operation, 'header', taken);
  const cookies = planParameters(operation, 'cookie', taken);
  return {
    ids,
    ...(body && { body }),
    ...(query && { query }),
    ...(headers && { headers }),
    ...(cookies && { cookies }),
    taken,
  };
}

/** The path parameters in their order, named after their resource (`userId`) if the effect tells it. */
function planIds(operation: Operation, taken: Set<string>): readonly PathArgument[] {
  return [...operation.path.matchAll(/\{(.+?)\}/g)].map(([, place = '']) => ({
    name: reserveParameterName(idName(operation, place), taken),
    parameter:
      operation.parameters.find(({ in: where, name }) => where === 'path' && name === place) ?? undeclared(place),
  }));
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

/** JSON if the operation accepts it, else the first content type of the document. */
function planBody(contract: Contract, { requestBody }: Operation, taken: Set<string>): BodyArgument | undefined {
  const type = (requestBody?.content.find((content) => isJson(content.type)) ?? requestBody?.content[0])?.type;
  if (requestBody === undefined || type === undefined) return undefined;
  const { required, description } = requestBody;
  const styles = /urlencoded/.test(type) ? formStyles(contract, requestBody.pointer, type) : {};
  return { name: reserveParameterName('body', taken), required, type, description, styles };
}

/** The styles that the encoding of a form sets. @see OpenAPI 3.1, section 4.8.15 */
function formStyles({ document }: Contract, pointer: Pointer, type: string): BodyArgument['styles'] {
  const content = objectOr(getPointer(document, joinPointer(pointer, 'content')));
  const media = Object.entries(content).find(([key]) => key.toLowerCase().startsWith(type))?.[1];
  const styles = Object.entries(objectOr(objectOr(media).encoding)).flatMap(([name, encoding]) => {
    const style = styleOf(objectOr(encoding));
    return style === undefined ? [] : [[name, style] as const];
  });
  return Object.fromEntries(styles);
}

function planQuery(contract: Contract, operation: Operation, taken: Set<string>): QueryArgument | undefined {
  const argument = planParameters(operation, 'query', taken);
  if (argument === undefined) return undefined;
  const styles = argument.parameters.flatMap((parameter) => {
    const style = queryStyle(contract, parameter);
    return style === undefined ? [] : [[parameter.name, style] as const];
  });
  return { ...argument, styles: Object.fromEntries(styles) };
}

/** The names of arguments by kind of parameter. */
const argumentNames = { query: 'query', header: 'headers', cookie: 'cookies' } as const;

function planParameters(
  operation: Operation,
  kind: keyof typeof argumentNames,
  taken: Set<string>,
): ParametersArgument | undefined {
  const parameters = operation.parameters.filter(
    (parameter) => parameter.in === kind && !(kind === 'header' && reservedHeaders.test(parameter.name)),
  );
  if (parameters.length === 0) return undefined;
  const required = parameters.some((parameter) => parameter.required);
  return { name: reserveParameterName(argumentNames[kind], taken), required, parameters };
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

/** By `style` and `explode`, for a parameter or the encoding of a property. */
function styleOf({ style = 'form', explode = style === 'form' }: JsonObject): QueryStyle | undefined {
  if (style === 'deepObject') return style;
  return explode === true ? undefined : separators[String(style)];
}

/** The separator of the parts of one value, by style. */
const separators: Readonly<Record<string, QueryStyle>> = { form: ',', spaceDelimited: '%20', pipeDelimited: '|' };

/** `application/json`, `application/problem+json`. */
export function isJson(type: string): boolean {
  return /[/+]json$/.test(type);
}
