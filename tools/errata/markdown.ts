import type { Errata, Erratum, OperationErrata, SharedErrata } from './errata.js';

const HEAD = `<!-- Written by \`npm run errata\` from the evidence in the contract; a test holds it to it. -->

# Errata

Where the sources of this contract contradict each other: the provider's official document, the seeds that the project
began with, and the wire of real tenants. Where they do, the wire wins, then what is documented, then what follows from
neighbours; what is disputed is observed and not judged. The facts stand in the contract as \`x-evidence\`, each with its
grade and source and with what another source says against it; [README.md](README.md#x-evidence-how-we-know) explains
them. *Recorded* counts the exchanges with real tenants that show a status.
`;

/** The text of \`spec/ERRATA.md\`. */
export function errataMarkdown({ operations, shared }: Errata): string {
  const concerned = operations.filter(({ errata }) => errata.length > 0);
  const quiet = operations.filter(({ errata }) => errata.length === 0);
  const sections = [
    HEAD.trimEnd(),
    '## Operation by operation',
    ...concerned.map(operationSection),
    ...(quiet.length === 0 ? [] : [quietSection(quiet)]),
    ...(shared.length === 0 ? [] : ['## What several operations share', ...shared.map(sharedSection)]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function operationSection({ operation, recorded, errata }: OperationErrata): string {
  return [
    `### ${operation.id}`,
    `\`${operation.method} ${operation.path}\` · ${recordedText(recorded)}`,
    table(errata),
  ].join('\n\n');
}

function recordedText(recorded: OperationErrata['recorded']): string {
  if (recorded.length === 0) return 'not recorded';
  return `recorded: ${recorded.map(([status, seen]) => `${seen} × ${status}`).join(', ')}`;
}

function quietSection(operations: readonly OperationErrata[]): string {
  const lines = operations.map(
    ({ operation, recorded }) =>
      `| ${operation.id} | \`${operation.method} ${operation.path}\` | ${recordedText(recorded)} |`,
  );
  return [
    '### The others',
    'Of these the sources say the same, but for what they share with others.',
    ['| operation | | |', '|---|---|---|', ...lines].join('\n'),
  ].join('\n\n');
}

function sharedSection({ name, errata, concerns }: SharedErrata): string {
  const named = concerns.map(({ id }) => id);
  const shown = named.length > MOST_NAMED ? `${named.length} operations` : named.join(', ');
  return [`### ${name}`, `Concerns ${shown}.`, table(errata)].join('\n\n');
}

/** More names than these say less than their number. */
const MOST_NAMED = 8;

function table(errata: readonly Erratum[]): string {
  const rows = errata.map(({ fact, official, others, wire, ours, grade, seen }) => [
    fact,
    official,
    others ?? '',
    wire === undefined ? 'not seen' : seen === undefined ? wire : `${seen} × in ${wire}`,
    ours,
    grade,
  ]);
  const head = ['about', 'official document', 'seeds and others', 'wire', 'ours', 'grade and source'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}
