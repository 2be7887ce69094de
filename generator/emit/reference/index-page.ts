import type { Contract, Operation } from '../../../contract/contract.js';
import { objectOr, stringOr } from '../../../contract/json/json-value.js';
import { tagPath } from '../../../contract/read/read-tags.js';
import { INDEX_PATH, PageContext, type PageSet } from '../pages/page-context.js';
import type { Page } from '../pages/page-job.js';
import { pageHeader } from '../text/comment.js';
import { counted } from '../text/names.js';
import { bullets, code, literally, page, prose, section, table } from './markdown.js';

/** The page that lists guides, tasks, and all operations by tag. */
export function indexPage(set: PageSet): Page {
  const { contract, guides } = set;
  const context = new PageContext(set, INDEX_PATH);
  const { description } = objectOr(contract.document.info);
  const text = page([
    `# ${literally(contract.title)}`,
    prose(stringOr(description)),
    `Version ${literally(contract.version)}, ${counted(contract.operations.length, 'operation')}.`,
    section('Guides', bullets([...guides].map(([name, { about }]) => `${context.toGuide(name)}: ${about}`))),
    section('Tasks', bullets([...contract.tasks.values()].map((task) => context.toTask(task)))),
    ...groupsOf(contract).map(({ tag, description: about, operations }) =>
      section(literally(tag), prose(about), operationsTable(context, operations)),
    ),
  ]);
  return { path: INDEX_PATH, text: pageHeader + text, titles: context.titles };
}

export interface Group {
  readonly tag: string;
  readonly description: string;
  readonly operations: readonly Operation[];
}

/** Groups operations by tag, in the order of the document's tags, then of their first use. */
export function groupsOf({ tags, operations }: Contract): readonly Group[] {
  const titleOfTag = (name: string) => tags.get(name)?.summary || name;
  const byTag = new Map<string, Operation[]>([...tags.keys()].map((tag) => [tag, []]));
  for (const operation of operations) {
    const tag = tagPath(tags, operation.tags).at(-1) ?? '';
    const group = byTag.get(tag);
    if (group) group.push(operation);
    else byTag.set(tag, [operation]);
  }
  return [...byTag]
    .filter(([, group]) => group.length > 0)
    .map(([tag, group]) => ({
      tag: tagPath(tags, [tag]).map(titleOfTag).join(' › ') || 'Other operations',
      description: tags.get(tag)?.description ?? '',
      operations: group,
    }));
}

function operationsTable(context: PageContext, operations: readonly Operation[]): string {
  return table(
    ['Operation', 'Method', 'Path', 'Scopes'],
    operations.map((operation) => [
      context.toOperation(operation) + (operation.deprecated ? ' (deprecated)' : ''),
      operation.method,
      code(operation.path),
      scopesInBrief(context.contract, operation),
    ]),
  );
}

/** The undisputed alternatives, or the disputed ones if there are no others. */
function scopesInBrief({ operations }: Contract, { security }: Operation): string {
  // If no operation has security, the document does not say whether tokens are needed.
  if (security.length === 0) return operations.some((one) => one.security.length > 0) ? 'no token' : '';
  const sure = security.filter(({ disputed }) => !disputed);
  const shown = sure.length > 0 ? sure : security;
  const alternatives = shown.map(({ scopes }) => scopes.map(code).join(' and ') || 'any token');
  return [...new Set(alternatives)].join(', or ') + (sure.length > 0 ? '' : ' (disputed)');
}
