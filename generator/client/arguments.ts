import type { Contract, Operation, Parameter } from '../../contract/contract.js';
import { objectOr } from '../../contract/load/source.js';
import { getPointer } from '../../contract/pointer.js';
import type { BodyArgument, PathArgument, QueryArgument, QueryStyle } from './method.js';
import { camelCase, pascalCase, reserveParameterName } from './names.js';

export interface Arguments {
  readonly ids: readonly PathArgument[];
  readonly body?: BodyArgument;
  readonly query?: QueryArgument;
  /** The parameter names in use. */
  readonly taken: Set<string>;
}

/** The arguments of a method: ids in the order of the path, then a body, then the query, then options. */
export function planArguments(contract: Contract, operation: Operation): Arguments {
  const taken = new Set(['options']);
  const ids = planIds(operation, taken);
  const body = planBody(operation, taken);
  const query = planQuery(contract, operation, taken);
  return { ids, ...(body && { body }), ...(query && { query }), taken };
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
function planBody({ requestBody }: Operation, taken: Set<string>): BodyArgument | undefined {
  const type = (requestBody?.content.find((content) => isJson(content.type)) ?? requestBody?.content[0])?.type;
  if (requestBody === undefined || type === undefined) return undefined;
  const { required, description } = requestBody;
  return { name: reserveParameterName('body', taken), required, type, description };
}

function planQuery(contract: Contract, operation: Operation, taken: Set<string>): QueryArgument | undefined {
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'query');
  if (parameters.length === 0) return undefined;
  const styles = parameters.flatMap((parameter) => {
    const style = queryStyle(contract, parameter);
    return style === undefined ? [] : [[parameter.name, style] as const];
  });
  return {
    name: reserveParameterName('query', taken),
    required: parameters.some((parameter) => parameter.required),
    parameters,
    styles: Object.fromEntries(styles),
  };
}

/** The style of a parameter if it is not the default. */
function queryStyle({ document }: Contract, { pointer }: Parameter): QueryStyle | undefined {
  const { content, style = 'form', explode = style === 'form' } = objectOr(getPointer(document, pointer));
  if (Object.keys(objectOr(content)).some((type) => isJson(type.split(';')[0]?.trim().toLowerCase() ?? '')))
    return 'json';
  if (style === 'deepObject') return style;
  return explode === true ? undefined : separators[String(style)];
}

/** The separator of the parts of one value, by style. */
const separators: Readonly<Record<string, QueryStyle>> = { form: ',', spaceDelimited: '%20', pipeDelimited: '|' };

/** `application/json`, `application/problem+json`. */
export function isJson(type: string): boolean {
  return /[/+]json$/.test(type);
}
