import type { Check } from '../../conformance/check.js';
import { checks } from '../../conformance/checks/table.js';
import { type Family, families } from '../../conformance/finding/finding.js';
import { code, page, table } from '../../generator/emit/reference/markdown.js';

const HEAD = `<!-- Written by \`npm run docs\` from the checks; a test keeps it current. -->

# Checks

\`rolecall verify\` runs each check for every operation of the contract that it applies to. Name one with
\`--only 'OPERATION/CHECK'\` or \`--skip\`; both take globs. \`rolecall verify --dry-run\` lists the checks of your contract.`;

const FAMILIES: Readonly<Record<Family, string>> = {
  'status-and-shape': 'Status, content type, headers and body of responses.',
  input: 'Validation of paths, queries and bodies.',
  authentication: 'Validation of bearer tokens.',
  scopes: 'Access by scopes.',
  limits: 'Sizes, quotas, pages and rate limits.',
  state: 'The effect of requests, compared with a plain model.',
  protocol: 'HTTP, JSON and URLs.',
  client: 'The generated client, compared with the target.',
};

/** The text of `docs/checks.md`. */
export function checksPage(): string {
  return page([
    HEAD,
    ...families.flatMap((family) => [
      `## ${code(family)}`,
      FAMILIES[family],
      table(['check', 'applies to', 'what it tries'], checks.filter((check) => check.family === family).map(rowOf)),
    ]),
  ]);
}

function rowOf({ id, appliesTo, title, description }: Check): readonly string[] {
  return [code(id), appliesTo, `**${title}.** ${description}`];
}
