import type { Contract, Operation } from '../../../contract/contract.js';
import { constraintsInWords, typeInWords, value } from './constraints.js';
import { code, line, section, table } from './markdown.js';
import { shapeOf } from './shape.js';

export function parametersSection(contract: Contract, { parameters }: Operation): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map((parameter) => {
    const shape = shapeOf(contract, parameter.schema);
    const description = parameter.description || (typeof shape.description === 'string' ? shape.description : '');
    const deprecated = parameter.deprecated ? ['deprecated'] : [];
    return [
      code(parameter.name),
      parameter.in,
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
