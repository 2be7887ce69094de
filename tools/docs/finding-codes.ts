import { checks } from '../../conformance/checks/table.js';
import { Explanations } from '../../conformance/finding/explain.js';
import { page } from '../../generator/emit/reference/markdown.js';

const HEAD = `<!-- Written by \`npm run docs\` from the code; a test keeps it current. -->

# Codes of findings

Every finding of \`rolecall verify\` has a code: in report.json, as the type of a failure in junit.xml, and on the
terminal. \`rolecall explain CODE\` prints what this page says. Codes never change.`;

/** The text of `docs/findings.md`. */
export function findingCodesPage(): string {
  const explanations = new Explanations(checks);
  return page([HEAD, ...explanations.codes.map((code) => asMarkdown(explanations.format(code)))]);
}

/** `CODE: title`, its meaning and its advice as a section. */
function asMarkdown(explanation: string): string {
  const [head = '', meaning = '', advice = ''] = explanation.trimEnd().split('\n\n');
  const [code = '', title = ''] = head.split(': ', 2);
  const steps = advice.split('\n').map((line) => `- ${line.replace(/^(\w+):\s+/, '**$1:** ')}`);
  return `## ${code}\n\n${title}. ${meaning}\n\n${steps.join('\n')}`;
}
