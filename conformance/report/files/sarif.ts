import { type Explanation, FINDING_CODES, ROOT_CODES } from '../../finding/finding-codes.js';
import { type AcceptedFinding, acceptanceIn } from '../baseline.js';
import type { Report, ReportedFinding } from '../report.js';
import { findingTitle } from '../terminal/finding-text.js';
import { type OperationPlaces, type Place, uriOf } from './operation-places.js';

const LEVELS: Readonly<Record<ReportedFinding['severity'], 'error' | 'warning' | 'note'>> = {
  failed: 'error',
  warned: 'warning',
  observed: 'note',
};

const EXPLAINED: Readonly<Record<string, Explanation>> = { ...FINDING_CODES, ...ROOT_CODES };

/**
 * SARIF 2.1.0. Findings have no place in the source code of the target: their location is the operation in the contract,
 * or the beginning of the contract where that is unknown.
 * @param contract - its path
 */
export function formatSarif(report: Report, contract: string, places: OperationPlaces = new Map()): string {
  const { tool, findings, baseline } = report;
  const codes = [...new Set(findings.map(({ code }) => code))];
  const acceptance = acceptanceIn(baseline);
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: tool.name, version: tool.version, rules: codes.map((code) => ruleOf(code, findings)) },
        },
        results: findings.map((finding) =>
          resultOf(finding, {
            place: places.get(finding.operations[0] ?? '') ?? { file: contract, line: 1 },
            acceptance: acceptance(finding),
          }),
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
  { place, acceptance }: { readonly place: Place; readonly acceptance: AcceptedFinding | undefined },
): object {
  const { code, severity, operations, expected, actual, replay, fingerprint } = finding;
  return {
    ruleId: code,
    level: LEVELS[severity],
    message: { text: `${findingTitle(finding)}\nexpected ${expected}\nactual ${actual}\nreplay: ${replay}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(place.file) }, region: { startLine: place.line } },
        logicalLocations: operations.map((operation) => ({ fullyQualifiedName: operation, kind: 'function' })),
      },
    ],
    partialFingerprints: { 'rolecall/v1': fingerprint },
    ...(acceptance === undefined ? {} : { suppressions: [{ kind: 'external', justification: acceptance.reason }] }),
  };
}
