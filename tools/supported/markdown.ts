import type { OperationSupport, Share } from './support.js';

const INTRODUCTION = `# What the contract covers

Each operation of the provider's OpenAPI document, whether the contract has it, how much of it, and how many recorded exchanges with real tenants show it. The embedded tenant answers \`501\` for an operation that the contract lacks, and refuses a parameter or property that it lacks.

This page is generated: \`npm run supported\`.
`;

/**
 * The page: totals, then a table of the operations with what each lacks.
 *
 * @param more operations of the contract that the document does not have
 */
export function supportedMarkdown(operations: readonly OperationSupport[], more: readonly string[] = []): string {
  const covered = operations.flatMap(({ covered }) => (covered === undefined ? [] : [covered]));
  const total = (part: keyof (typeof covered)[number]): string =>
    percent(
      covered.reduce((sum, each) => sum + each[part].have, 0),
      covered.reduce((sum, each) => sum + each[part].of, 0),
    );
  const recorded = operations.reduce((sum, each) => sum + each.recorded, 0);
  const recordedCovered = operations
    .filter((each) => each.covered !== undefined)
    .reduce((sum, each) => sum + each.recorded, 0);
  return [
    INTRODUCTION,
    '| | covered |',
    '|---|---|',
    `| operations | ${percent(covered.length, operations.length)} |`,
    `| parameters of these operations | ${total('parameters')} |`,
    `| body properties of these operations | ${total('properties')} |`,
    `| documented answers of these operations | ${total('answers')} |`,
    `| recorded exchanges with an operation of the document | ${percent(recordedCovered, recorded)} |`,
    '',
    ...besidesText(covered.length, more),
    '## Covered',
    '',
    '| operation | parameters | properties | answers | recorded | lacks |',
    '|---|---|---|---|---|---|',
    ...operations.flatMap((each) => (each.covered === undefined ? [] : [coveredRow(each, each.covered)])),
    '',
    '## Not covered',
    '',
    '| operation | recorded |',
    '|---|---|',
    ...operations
      .filter(({ covered }) => covered === undefined)
      .map(({ method, path, recorded }) => `| \`${method} ${path}\` | ${recorded === 0 ? '' : recorded} |`),
    '',
  ].join('\n');
}

function coveredRow(
  { method, path, recorded }: OperationSupport,
  { parameters, properties, answers }: NonNullable<OperationSupport['covered']>,
): string {
  const cells = [
    `\`${method} ${path}\``,
    ...[parameters, properties, answers].map(fraction),
    recorded === 0 ? '' : String(recorded),
    [...parameters.missing, ...properties.missing, ...answers.missing].map((name) => `\`${name}\``).join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}

function fraction({ have, of }: Share): string {
  return of === 0 ? '' : `${have}/${of}`;
}

function percent(have: number, of: number): string {
  return of === 0
    ? '0'
    : `${have.toLocaleString('en-US')} of ${of.toLocaleString('en-US')} (${Math.floor((have / of) * 100)} %)`;
}

/** Why the contract counts more operations than this page. */
function besidesText(covered: number, more: readonly string[]): readonly string[] {
  if (more.length === 0) return [];
  const names = more.map((name) => `\`${name}\``).join(', ');
  return [
    `The contract has ${covered + more.length} operations: ${covered} of the document, and ${more.length} that the document leaves out, because they are in early access or outside the Management API: ${names}.`,
    '',
  ];
}
