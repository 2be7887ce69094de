import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { formatAnnotations } from './files/annotations.js';
import { formatJunit } from './files/junit.js';
import { formatSummary } from './files/summary-markdown.js';
import { formatText } from './terminal/text.js';
import { sampleReport } from './test-support/sample-report.js';

describe('a report', () => {
  it('as text', () => {
    expect(formatText(sampleReport, { colors: pc.createColors(false) })).toMatchInlineSnapshot(`
      "operation    status-and-shape  scopes  limits  protocol
      berths.moor  ✗                 ~       –
      berths.list  ✓                                 !
      ✓ passed  ✗ failed  ! warned  ~ observed  – skipped

      Observed, where the contract is not certain
        berths.moor: moor:any is enough

      Not checked: 1 of 12 documented answers, scope alternatives and limits (--verbose lists them)

      Skipped: 1 check (--verbose lists them)

      Left behind at the target, please remove
        berth 17 (rc1234)

      ! berths.list: message of tide-out  ERROR_MESSAGE 012345abcdef
        where     berths.list (wording)
        expected  The tide is out
        actual    Low tide, 100% out
        fact      reported: a thread
        request   GET http://127.0.0.1:4000/berths
        replay    rolecall verify http://127.0.0.1:4000 --only berths.list/wording --seed 7
        curl      curl -si -X GET "http://127.0.0.1:4000/berths"

      ✗ berths.moor: status 200 instead of 204  WRONG_STATUS abcdef012345
        where     berths.moor (afloat)
        expected  204
        actual    200 {"id":"<b>|1"}
        fact      recorded: recordings of 2023
        request   POST http://127.0.0.1:4000/berths/1
        replay    rolecall verify http://127.0.0.1:4000 --only berths.moor/afloat --seed 7 --path 3:1
        curl      curl -si -X POST "http://127.0.0.1:4000/berths/1" -H "authorization: Bearer $TOKEN"

      violates: 2 operations · 4 checks · 1,234 requests · 2 findings · 5.7 s · http://127.0.0.1:4000 · seed 7 · depth standard
      "
    `);
  });

  it('as text is the same with colours, but for the colours', () => {
    const colourful = formatText(sampleReport, { colors: pc.createColors(true) });
    expect(colourful).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what a colour begins with
    expect(colourful.replace(/\u001b\[\d+m/g, '')).toBe(formatText(sampleReport, { colors: pc.createColors(false) }));
  });

  it('as text breaks no word at 80 columns', () => {
    const [finding] = sampleReport.findings;
    if (finding === undefined) throw new Error('The sample has no finding.');
    const consequences = {
      checks: 4,
      findings: [{ check: 'x', cause: 'accepted twice', operations: ['berths.list'] }],
    };
    const long = { ...finding, actual: `200 ${JSON.stringify({ note: 'calm sea '.repeat(40), id: 'x'.repeat(300) })}` };
    const wide = { ...long, operations: Array.from({ length: 30 }, (_, index) => `berths.moor${index}`), consequences };
    const text = formatText({ ...sampleReport, findings: [wide] }, { colors: pc.createColors(false), columns: 80 });
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(text).toContain('berths.moor7 and 22 more');
    expect(text).toContain('explains  1 cause and 4 checks');
  });

  it('as text lists the first causes of a finding with several, but not what follows from a coarse fault', () => {
    const [finding] = sampleReport.findings;
    if (finding === undefined) throw new Error('The sample has no finding.');
    const findings = ['id', 'name', 'size', 'tide', 'kind'].map((name) => ({
      check: 'x',
      cause: `body /${name}: type string`,
      operations: ['berths.list', 'berths.get'],
    }));
    const textOf = (code: string, shown: typeof findings): readonly string[] => {
      const consequences = { checks: 0, findings: shown };
      const report = { ...sampleReport, findings: [{ ...finding, code, consequences }] };
      const lines = formatText(report, { colors: pc.createColors(false) }).split('\n');
      const from = lines.findIndex((line) => line.includes('explains'));
      return lines.slice(from, from + 6).filter((line) => /explains|type string/.test(line));
    };
    const causes = ['id', 'name', 'size', 'tide'].map(
      (name) => `            berths.list and 1 more: body /${name}: type string`,
    );
    expect(textOf('BODY_SCHEMA', findings)).toEqual(['  explains  5 causes (--verbose lists all)', ...causes]);
    expect(textOf('BODY_SCHEMA', findings.slice(0, 4))).toEqual(['  explains  4 causes', ...causes]);
    expect(textOf('NO_TOKEN_REQUIRED', findings)).toEqual(['  explains  5 causes (--verbose lists them)']);
  });

  it('as text lists everything with --verbose', () => {
    const text = formatText(sampleReport, { colors: pc.createColors(false), verbose: true });
    expect(text).toContain('berths.list 429 too_many: No rate limit of the target was reached.');
    expect(text).toContain('berths.moor/pages: It takes about 2012 requests.');
  });

  it('as text counts operations that passed', () => {
    const checks = sampleReport.checks.filter(({ outcome }) => outcome === 'passed');
    const text = formatText({ ...sampleReport, checks, findings: [] }, { colors: pc.createColors(false) });
    expect(text).toMatch(/^✓ 1 operation passed\n/);
  });

  it('as JUnit', () => {
    expect(formatJunit(sampleReport)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="rolecall verify http://127.0.0.1:4000" tests="5" failures="1" time="5.678">
        <testsuite name="berths.moor" tests="3" failures="1" skipped="1" time="0.000">
          <testcase classname="berths.moor" name="afloat">
            <failure type="WRONG_STATUS abcdef012345" message="status 200 instead of 204">status 200 instead of 204
      finding: abcdef012345 (WRONG_STATUS)
      expected: 204
      actual: 200 {&#34;id&#34;:&#34;&#60;b&#62;|1&#34;}
      fact: recorded, recordings of 2023
      replay: rolecall verify http://127.0.0.1:4000 --only berths.moor/afloat --seed 7 --path 3:1
      curl -si -X POST &#34;http://127.0.0.1:4000/berths/1&#34; -H &#34;authorization: Bearer $TOKEN&#34;</failure>
          </testcase>
          <testcase classname="berths.moor" name="pages">
            <skipped message="It takes about 2012 requests."/>
          </testcase>
          <testcase classname="berths.moor" name="scopes">
            <system-out>moor:any is enough</system-out>
          </testcase>
        </testsuite>
        <testsuite name="berths.list" tests="2" failures="0" skipped="0" time="0.000">
          <testcase classname="berths.list" name="afloat"/>
          <testcase classname="berths.list" name="wording">
            <system-out>message of tide-out
      finding: 012345abcdef (ERROR_MESSAGE)
      expected: The tide is out
      actual: Low tide, 100% out
      fact: reported, a thread
      replay: rolecall verify http://127.0.0.1:4000 --only berths.list/wording --seed 7
      curl -si -X GET &#34;http://127.0.0.1:4000/berths&#34;</system-out>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `);
  });

  it('as a page of Markdown', () => {
    expect(formatSummary(sampleReport)).toMatchInlineSnapshot(`
      "# violates: 2 operations · 4 checks · 1,234 requests · 2 findings · 5.7 s · \`http://127.0.0.1:4000\` · seed 7 · depth standard

      rolecall \`1.2.3\`

      ## ✗ \`status 200 instead of 204\`

      \`berths.moor\` (\`afloat\`)

      | expected | actual | fact |
      | --- | --- | --- |
      | \`204\` | \`200 {"id":"<b>\\|1"}\` | recorded: \`recordings of 2023\` |

      \`\`\`sh
      rolecall verify http://127.0.0.1:4000 --only berths.moor/afloat --seed 7 --path 3:1

      curl -si -X POST "http://127.0.0.1:4000/berths/1" -H "authorization: Bearer $TOKEN"
      \`\`\`

      ## ! \`message of tide-out\`

      \`berths.list\` (\`wording\`)

      | expected | actual | fact |
      | --- | --- | --- |
      | \`The tide is out\` | \`Low tide, 100% out\` | reported: \`a thread\` |

      \`\`\`sh
      rolecall verify http://127.0.0.1:4000 --only berths.list/wording --seed 7

      curl -si -X GET "http://127.0.0.1:4000/berths"
      \`\`\`

      ## Operations

      | operation | status-and-shape | scopes | limits | protocol |
      | --- | --- | --- | --- | --- |
      | \`berths.moor\` | ✗ | ~ | – |  |
      | \`berths.list\` | ✓ |  |  | ! |

      ✓ passed, ✗ failed, ! warned, ~ observed, – skipped

      <details>
      <summary>Not checked: 1 of 12 documented answers, scope alternatives and limits</summary>

      - \`berths.list 429 too_many\`: \`No rate limit of the target was reached.\`

      </details>

      <details>
      <summary>Skipped</summary>

      - \`berths.moor/pages\`: \`It takes about 2012 requests.\`

      </details>

      <details>
      <summary>Observed</summary>

      - \`berths.moor\`: \`moor:any is enough\`

      </details>

      <details>
      <summary>Left behind at the target, please remove</summary>

      - \`berth 17 (rc1234)\`

      </details>
      "
    `);
  });

  it('as annotations of GitHub Actions', () => {
    expect(formatAnnotations(sampleReport)).toMatchInlineSnapshot(`
      "::error title=status 200 instead of 204::berths.moor: expected 204; actual 200 {"id":"<b>|1"}%0Areplay: rolecall verify http://127.0.0.1:4000 --only berths.moor/afloat --seed 7 --path 3:1
      ::warning title=message of tide-out::berths.list: expected The tide is out; actual Low tide, 100%25 out%0Areplay: rolecall verify http://127.0.0.1:4000 --only berths.list/wording --seed 7
      ::warning title=Left behind at the target::berth 17 (rc1234)
      "
    `);
  });
});
