import type { Operation } from '../../../contract/contract.js';
import { fenced, section } from '../reference/markdown.js';
import { samplesOf } from '../samples/samples-of.js';
import type { PageContext } from './page-context.js';

/** The same request in several languages. */
export function samplesSection({ contract, plan }: PageContext, operation: Operation): string {
  const samples = samplesOf(contract, operation, { plan });
  return section(
    'Samples',
    ...samples.flatMap(({ label, syntax, code, omitted }) => [
      `### ${label}`,
      code === '' ? (omitted ?? '') : fenced(syntax, code),
    ]),
  );
}
