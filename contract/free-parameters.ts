import type { Operation, Parameter } from './operation.js';

/** The path parameters that name something. One that allows a single value is a fixed part of the path. */
export function freeParameters({ parameters }: Pick<Operation, 'parameters'>): readonly Parameter[] {
  return parameters.filter((parameter) => parameter.in === 'path' && parameter.only === undefined);
}

/** Whether the path of an operation names something. */
export function hasFreeParameters(operation: Pick<Operation, 'parameters'>): boolean {
  return freeParameters(operation).length > 0;
}
