import { posix } from 'node:path';
import type { Contract, Operation, RateLimit } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { GeneratedFile } from '../generated-file.js';
import { pageHeader } from '../text/comment.js';
import { code, line, link, literally, page, prose, section, table } from './markdown.js';
import { pagePath, titleOf } from './page-path.js';

/** The page that lists all operations by tag, and the rate limits. */
export function indexPage(contract: Contract): GeneratedFile {
  const text = page([
    `# ${literally(contract.title)}`,
    `Version ${literally(contract.version)}, ${contract.operations.length} operations.`,
    ...groupsOf(contract).map(({ tag, description, operations }) =>
      section(literally(tag), prose(description), operationsTable(contract, operations)),
    ),
    contract.rateLimit === undefined ? '' : rateLimitSection(contract.rateLimit),
  ]);
  return { path: 'docs/README.md', text: pageHeader + text };
}

interface Group {
  readonly tag: string;
  readonly description: string;
  readonly operations: readonly Operation[];
}

/** Groups operations by their first tag, in the order of the document's tags, then of their first use. */
function groupsOf({ document, operations }: Contract): readonly Group[] {
  const declared = (Array.isArray(document.tags) ? document.tags : []).filter(isObject);
  const descriptions = new Map(declared.map(({ name, description }) => [String(name), String(description ?? '')]));
  const names = new Set([...descriptions.keys(), ...operations.map(tagOf)]);
  return [...names]
    .map((tag) => ({
      tag: tag || 'Other operations',
      description: descriptions.get(tag) ?? '',
      operations: operations.filter((operation) => tagOf(operation) === tag),
    }))
    .filter((group) => group.operations.length > 0);
}

function tagOf({ tags }: Operation): string {
  return tags[0] ?? '';
}

function operationsTable(contract: Contract, operations: readonly Operation[]): string {
  return table(
    ['Operation', 'Method', 'Path', 'Scopes'],
    operations.map((operation) => [
      link(titleOf(operation), posix.basename(pagePath(contract, operation))) +
        (operation.deprecated ? ' (deprecated)' : ''),
      operation.method,
      code(operation.path),
      scopesInBrief(contract, operation),
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

function rateLimitSection({ headers, plans, evidence }: RateLimit): string {
  const rows = plans.map(({ name, burst, perSecond, evidence: { grade, source } }) => [
    literally(name),
    String(burst),
    String(perSecond),
    grade,
    line(source),
  ]);
  return section(
    'Rate limits',
    `Rate limits are token buckets: the burst is the size, and requests are added each second. Headers of responses: ` +
      `${code(headers.limit)} is the size, ${code(headers.remaining)} the requests left, and ${code(headers.reset)} the ` +
      `Unix second at which the bucket is full again ` +
      `(${evidence.grade}: ${line(evidence.source)}).`,
    table(['Plan', 'Burst', 'Requests per second', 'Grade', 'Source'], rows),
  );
}
