import type { PageContext } from '../pages/page-context.js';
import { groupsOf } from '../reference/index-page.js';
import { code, fenced, line, literally, section, table } from '../reference/markdown.js';
import { leastScopes } from './least-scopes.js';

/** Which operation needs which scope, and the fewest scopes for a set of calls. */
export function scopesGuide(page: PageContext): readonly string[] {
  const { contract } = page;
  return [
    'A token carries scopes, and each operation asks for some. Give a client only those that its calls need.',
    section(
      'The fewest scopes for a set of calls',
      'For each operation take one of its alternatives, and prefer those that you already have. For whole groups of operations, these are sufficient:',
      groups(page),
      `For your own set of calls, ${code('operations.ts')} of the generated client has the alternatives of each operation:`,
      fenced('ts', snippet(page)),
    ),
    section(
      'Scopes and their operations',
      table(
        ['Scope', 'Allows', 'Operations'],
        contract.scopes.map((scope) => [
          code(scope),
          line(contract.scopeDescriptions.get(scope) ?? ''),
          contract.operations
            .filter(({ security }) => security.some(({ scopes }) => scopes.includes(scope)))
            .map((operation) => page.toOperation(operation))
            .join(', '),
        ]),
      ),
    ),
  ];
}

function groups({ contract }: PageContext): string {
  const rows = groupsOf(contract).map(({ tag, operations }) => [
    literally(tag),
    leastScopes(operations.filter(({ method }) => method === 'GET'))
      .map(code)
      .join(', '),
    leastScopes(operations).map(code).join(', '),
  ]);
  return table(
    ['Group', 'Only reading', 'Everything'],
    rows.filter(([, reading, all]) => reading !== '' || all !== ''),
  );
}

function snippet({ plan }: PageContext): string {
  const calls = plan.methods
    .filter(({ operation }) => operation.security.some(({ scopes }) => scopes.length > 0))
    .slice(0, 2)
    .map(({ operation }) => `'${operation.id}'`);
  return [
    `import { operations } from './${plan.folder}/operations.js';`,
    '',
    `const calls = [${calls.join(', ')}] as const;`,
    'const scopes = new Set<string>(calls.flatMap((call) => operations[call].scopes[0] ?? []));',
    'console.log([...scopes]);',
  ].join('\n');
}
