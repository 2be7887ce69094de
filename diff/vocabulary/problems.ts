import { isDeepStrictEqual } from 'node:util';
import type { Cause, Contract, Json, Operation, Problem } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { type Finding, finding } from '../change.js';
import { changed } from '../report/wording.js';

/** Compares which problems the answers of an operation list, and under which status. */
export function compareListedProblems(before: Operation, after: Operation): readonly Finding[] {
  const old = placesOf(before);
  const now = placesOf(after);
  const statuses = new Set(after.responses.map(({ status }) => status));
  return [
    ...[...old].flatMap(([name, { status, pointer }]) => {
      const partner = now.get(name);
      if (partner === undefined) {
        // A status that is gone is told already.
        if (!statuses.has(status)) return [];
        return [finding('problem-removed', pointer, `"${name}" is no cause of ${status} any more`, { from: name })];
      }
      if (partner.status === status) return [];
      const what = `"${name}" is answered by ${partner.status}, it was ${status}`;
      return [finding('problem-moved', partner.pointer, what, { from: status, to: partner.status })];
    }),
    ...[...now].flatMap(([name, { status, pointer }]) =>
      old.has(name) ? [] : [finding('problem-added', pointer, `"${name}" is a new cause of ${status}`, { to: name })],
    ),
  ];
}

interface Place {
  readonly status: string;
  readonly pointer: string;
  readonly problem: Problem;
}

function placesOf({ responses }: Operation): ReadonlyMap<string, Place> {
  return new Map(
    responses.flatMap(({ status, problems, pointer }) =>
      problems.map((problem, index) => [
        problem.name,
        { status, problem, pointer: joinPointer(pointer, 'x-problems', index) },
      ]),
    ),
  );
}

/** What changed in each problem that both catalogues have. */
export function compareCatalogues(before: Contract, after: Contract): ReadonlyMap<string, readonly Finding[]> {
  return new Map(
    [...after.problems].flatMap(([name, now]) => {
      const old = before.problems.get(name);
      return old === undefined ? [] : [[name, compareProblems(old, now)]];
    }),
  );
}

function compareProblems(old: Problem, now: Problem): readonly Finding[] {
  const tell = (kind: Finding['kind'], field: string, from: Json | undefined, to: Json | undefined): Finding =>
    finding(kind, joinPointer(now.pointer, ...field.split('.')), changed(`${field} of "${now.name}"`, from, to), {
      from,
      to,
    });
  const findings: Finding[] = [];
  if (old.errorCode !== now.errorCode) {
    const happened = old.errorCode === undefined ? 'added' : now.errorCode === undefined ? 'removed' : 'changed';
    findings.push(tell(`error-code-${happened}`, 'errorCode', old.errorCode, now.errorCode));
  }
  if (old.message !== now.message) findings.push(tell('problem-message-changed', 'message', old.message, now.message));
  if (old.remedy !== now.remedy) findings.push(tell('problem-remedy-changed', 'remedy', old.remedy, now.remedy));
  if (!isDeepStrictEqual(old.when, now.when)) {
    findings.push(tell(causeKind(old.when, now.when), 'when', { ...old.when }, { ...now.when }));
  }
  for (const name of new Set([...Object.keys(old.headers), ...Object.keys(now.headers)])) {
    const [from, to] = [old.headers[name], now.headers[name]];
    if (from === to) continue;
    const happened = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    findings.push(tell(`problem-header-${happened}`, `headers.${name}`, from, to));
  }
  return findings;
}

function causeKind(old: Cause, now: Cause): Finding['kind'] {
  if (old.kind !== 'beyond' || now.kind !== 'beyond') return 'problem-cause-changed';
  return now.max < old.max ? 'page-ceiling-lowered' : 'page-ceiling-raised';
}
