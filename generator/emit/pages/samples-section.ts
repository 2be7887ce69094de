import type { Operation } from '../../../contract/contract.js';
import { code, fenced, prose, section, table } from '../reference/markdown.js';
import type { Placeholder, Sample } from '../samples/sample.js';
import { operationSamples } from '../samples/samples-of.js';
import type { PageContext } from './page-context.js';

/**
 * The same request in several languages, each to open, and the placeholders in them.
 *
 * @param values - what to say about placeholders instead of what the contract says about their parameters
 */
export function samplesSection(
  { contract, plan, samples: languages }: PageContext,
  operation: Operation,
  values: ReadonlyMap<string, string> = new Map(),
): string {
  const options = languages === undefined ? { plan } : { plan, languages };
  const { samples, placeholders } = operationSamples(contract, operation, options);
  if (samples.length === 0) return '';
  return section('Samples', ...samples.map(details), omissions(samples), placeholdersTable(placeholders, values));
}

function placeholdersTable(placeholders: readonly Placeholder[], values: ReadonlyMap<string, string>): string {
  if (placeholders.length === 0) return '';
  const rows = placeholders.map(({ name, description, example }) => [
    code(name),
    prose(values.get(name) ?? description),
    code(example),
  ]);
  return `Replace the values at the top of a sample:\n\n${table(['Placeholder', 'Value', 'Example'], rows)}`;
}

/** The first one is open. */
function details({ label, syntax, code: text, omitted }: Sample, index: number): string {
  if (omitted !== undefined) return '';
  const opening = index === 0 ? '<details open>' : '<details>';
  return `${opening}\n<summary>${label}</summary>\n\n${fenced(syntax, text)}\n\n</details>`;
}

function omissions(samples: readonly Sample[]): string {
  return samples
    .flatMap(({ label, omitted }) => (omitted === undefined ? [] : [`No ${label}: ${omitted}`]))
    .join('<br>\n');
}
