import { Coverage } from '../../conformance/engine/coverage.js';
import type { CheckResult, RunEnd } from '../../conformance/engine/event.js';
import { RunError } from '../../conformance/errors.js';
import { type Finding, severityOf, type Violation } from '../../conformance/finding/finding.js';
import { fingerprintOf } from '../../conformance/finding/fingerprint.js';
import type { Baseline } from '../../conformance/report/baseline.js';
import { Collector } from '../../conformance/report/collector.js';
import { createReport } from '../../conformance/report/create-report.js';
import type { CountedText, Report } from '../../conformance/report/report.js';
import type { Contract, Operation } from '../../contract/contract.js';
import { withoutIds } from '../../replay/report/without-ids.js';
import type { PassedExchange } from '../pass/passed-exchange.js';
import type { Observed } from './observed.js';
import { type ReadExchange, readExchange } from './recorded-exchange.js';
import type { Recorder } from './recorders.js';
import { TrafficSecrets } from './secrets.js';
import { Tally } from './tally.js';
import { trafficCheck } from './traffic-check.js';
import { TrafficJudge } from './traffic-judge.js';

export interface TrafficOptions {
  readonly contract: Contract;
  readonly tool: Report['tool'];
  /** The target's root. */
  readonly target: string;
  /** The root document of the contract, if it is not the packaged one. */
  readonly spec?: string;
  readonly overlay?: readonly string[];
  readonly allowRef?: readonly string[];
  /** Where `--record` writes, for the command that checks a finding again. */
  readonly recording?: string;
  readonly baseline?: Baseline;
  readonly recorders: (secrets: TrafficSecrets) => readonly Recorder[];
}

/** What passed of one operation. */
interface OperationTraffic {
  exchanges: number;
  judged: number;
  readonly unjudged: Tally;
  readonly findings: Map<string, Finding>;
}

/** A hostile target can vary causes; so many are reported of one operation. */
const MOST_FINDINGS = 50;

/** Judges and records exchanges that have passed, and reports on them at the end. */
export class Traffic {
  readonly #options: TrafficOptions;
  readonly #judge: TrafficJudge;
  readonly #secrets: TrafficSecrets;
  #recorders: readonly Recorder[];
  readonly #failures: string[] = [];
  readonly #coverage: Coverage;
  readonly #operations = new Map<Operation, OperationTraffic>();
  readonly #outside = new Tally();
  readonly #unread = new Tally();
  #exchanges = 0;

  /** @throws RunError if a recording cannot be written */
  constructor(options: TrafficOptions) {
    this.#options = options;
    this.#judge = new TrafficJudge(options.contract);
    this.#secrets = new TrafficSecrets(options.contract);
    this.#recorders = options.recorders(this.#secrets);
    this.#coverage = new Coverage(options.contract);
  }

  take(passed: PassedExchange): void {
    try {
      this.#take(passed);
    } catch (error) {
      // A defect of ours must not end the report on everything else.
      this.#unread.add(`rolecall could not judge it: ${String(error)}`);
    }
  }

  #take(passed: PassedExchange): void {
    const read = readExchange(passed, this.#exchanges);
    this.#exchanges += 1;
    if (!('recorded' in read)) {
      this.#unread.add(read.unread);
      return;
    }
    this.#secrets.learn(read);
    const judged = this.#judge.judge(read);
    const { method, path } = read.recorded.request;
    switch (judged.kind) {
      case 'outside':
        this.#outside.add(`${method} ${withoutIds(path)}: ${judged.reason}`);
        break;
      case 'unjudged': {
        const traffic = this.#trafficOf(judged.operation);
        traffic.exchanges += 1;
        traffic.unjudged.add(judged.reason);
        break;
      }
      case 'judged': {
        const traffic = this.#trafficOf(judged.operation);
        traffic.exchanges += 1;
        traffic.judged += 1;
        this.#coverage.record(judged.exchange);
        for (const violation of judged.violations) this.#keepFinding(traffic.findings, judged.operation, violation);
      }
    }
    for (const recorder of this.#recorders) this.#record(recorder, read);
  }

  /** A recording that fails, such as on a full disk, ends; traffic is judged on. */
  #record(recorder: Recorder, read: ReadExchange): void {
    try {
      recorder.take(read);
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      this.#failures.push(`${error.message} The recording ends before exchange ${this.#exchanges}.`);
      this.#recorders = this.#recorders.filter((each) => each !== recorder);
    }
  }

  /** Keeps the first of each cause, masked now: its secrets may be forgotten at the end. */
  #keepFinding(findings: Map<string, Finding>, { id }: Operation, violation: Violation): void {
    const fingerprint = fingerprintOf(violation.cause, id);
    if (findings.has(fingerprint) || findings.size >= MOST_FINDINGS) return;
    const { cause, code = 'WRONG_STATUS', expected, actual, evidence, exchange } = violation;
    findings.set(fingerprint, {
      check: trafficCheck.id,
      family: trafficCheck.family,
      operations: [id],
      foundAt: id,
      fingerprint,
      code,
      severity: severityOf(evidence),
      evidence,
      cause,
      expected: this.#secrets.mask(expected),
      actual: this.#secrets.mask(actual),
      exchange: this.#secrets.maskedExchange(exchange),
      before: [],
      after: [],
      setup: [],
    });
  }

  /** Counts exchanges that could not be read, such as those of other protocols. */
  skip(reason: string): void {
    this.#exchanges += 1;
    this.#unread.add(reason);
  }

  /** Closes the recordings and reports. @param durationMs - how long the proxy ran */
  finish(durationMs: number): Observed {
    for (const recorder of this.#recorders) recorder.close();
    const { contract, tool, target, spec, overlay = [], allowRef = [], recording, baseline } = this.#options;
    const checks = contract.operations.map((operation) => ({
      check: trafficCheck,
      operation,
      requests: 0,
      exclusive: false,
      scopes: [],
      fixtures: [],
    }));
    const collector = new Collector();
    collector.take({
      kind: 'planned',
      plan: { contract, depth: 'standard', checks, operations: contract.operations },
    });
    for (const planned of checks) {
      const traffic = this.#operations.get(planned.operation);
      for (const finding of traffic?.findings.values() ?? []) collector.take({ kind: 'found', finding });
      collector.take({ kind: 'finished', result: { planned, ...resultOf(traffic) } });
    }
    collector.take({ kind: 'ended', end: this.#end(durationMs) });
    const report = createReport(collector, {
      tool,
      target: { name: target, url: target },
      redactor: this.#secrets.redactor,
      ...(baseline === undefined ? {} : { baseline }),
      replay: { seed: 0, depth: 'standard', url: target, overlay, allowRef, ...(spec === undefined ? {} : { spec }) },
      traffic: {
        exchanges: this.#exchanges,
        judged: [...this.#operations.values()].reduce((sum, { judged }) => sum + judged, 0),
        outside: counted(this.#outside),
        unread: [...counted(this.#unread), ...this.#unjudged()],
        ...(recording === undefined ? {} : { recording }),
      },
    });
    return { report, failures: this.#failures };
  }

  #end(durationMs: number): RunEnd {
    return {
      requests: this.#exchanges,
      durationMs,
      coverage: this.#coverage.entries(),
      facts: this.#coverage.facts,
      absent: [],
      leftovers: [],
    };
  }

  #unjudged(): readonly CountedText[] {
    return [...this.#operations].flatMap(([{ id }, { unjudged }]) =>
      counted(unjudged).map(({ what, count }) => ({ what: `${id}: ${what}`, count })),
    );
  }

  #trafficOf(operation: Operation): OperationTraffic {
    const known = this.#operations.get(operation);
    if (known !== undefined) return known;
    const traffic = { exchanges: 0, judged: 0, unjudged: new Tally(), findings: new Map() };
    this.#operations.set(operation, traffic);
    return traffic;
  }
}

function counted(tally: Tally): readonly CountedText[] {
  return tally.entries().map(([what, count]) => ({ what, count }));
}

function resultOf(traffic: OperationTraffic | undefined): Omit<CheckResult, 'planned'> {
  const { exchanges = 0, judged = 0, unjudged, findings } = traffic ?? {};
  const base = { runs: judged, requests: exchanges, notes: [], missed: [] };
  if (unjudged === undefined) return { ...base, outcome: 'skipped', reason: 'No request passed.', because: 'contract' };
  const reasons = unjudged.entries().map(([reason, count]) => `${count} × ${reason}`);
  const reason = reasons.length === 0 ? {} : { reason: `Not judged: ${reasons.join('; ')}.` };
  if (judged === 0) return { ...base, outcome: 'skipped', ...reason, because: 'budget' };
  const severities = [...(findings?.values() ?? [])].map(({ severity }) => severity);
  const outcome = (['failed', 'warned', 'observed'] as const).find((each) => severities.includes(each));
  return { ...base, outcome: outcome ?? 'passed', ...reason };
}
