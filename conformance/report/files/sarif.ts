import { type Explanation, FINDING_CODES, ROOT_CODES } from '../../finding-codes.js';
import type { Report, ReportedFinding } from '../report.js';
import { findingTitle } from '../terminal/finding-text.js';

const LEVELS: Readonly<Record<ReportedFinding['severity'], 'error' | 'warning' | 'note'>> = {
  failed: 'error',
  warned: 'warning',
  observed: 'note',
};

const EXPLAINED: Readonly<Record<string, Explanation>> = { ...FINDING_CODES, ...ROOT_CODES };

/**
 * SARIF 2.1.0. Findings have no place in source code, so their location is the contract.
 * @param contract - its path, as a URI relative to the repository
 */
export function formatSarif(report: Report, contract: string): string {
  const { tool, findings, baseline } = report;
  const codes = [...new Set(findings.map(({ code }) => code))];
  const accepted = new Set(baseline?.accepted.map(({ fingerprint }) => fingerprint));
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: tool.name, version: tool.version, rules: codes.map((code) => ruleOf(code, findings)) },
        },
        results: findings.map((finding) =>
          resultOf(finding, { contract, isAccepted: accepted.has(finding.fingerprint) }),
        ),
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function ruleOf(code: string, findings: readonly ReportedFinding[]): object {
  const explained = EXPLAINED[code];
  const check = findings.find((finding) => finding.code === code)?.check ?? code;
  const text = explained?.title ?? `the check ${check} found a violation`;
  return {
    id: code,
    shortDescription: { text },
    ...(explained === undefined
      ? {}
      : { fullDescription: { text: explained.meaning }, help: { text: explained.remedy } }),
  };
}

function resultOf(
  finding: ReportedFinding,
  { contract, isAccepted }: { readonly contract: string; readonly isAccepted: boolean },
): object {
  const { code, severity, operations, expected, actual, replay, fingerprint } = finding;
  return {
    ruleId: code,
    level: LEVELS[severity],
    message: { text: `${findingTitle(finding)}\nexpected ${expected}\nactual ${actual}\nreplay: ${replay}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: contract }, region: { startLine: 1 } },
        logicalLocations: operations.map((operation) => ({ fullyQualifiedName: operation, kind: 'function' })),
      },
    ],
    partialFingerprints: { 'rolecall/v1': fingerprint },
    ...(isAccepted ? { suppressions: [{ kind: 'external' }] } : {}),
  };
}
