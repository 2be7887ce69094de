import { isDeepStrictEqual } from 'node:util';
import type { Cause, Contract, Json, Operation, Problem } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { type Change, changeAt } from '../change.js';
import { describeChange } from '../report/wording.js';

/** Compares the problems of an operation and their statuses. */
export function compareListedProblems(before: Operation, after: Operation): readonly Change[] {
  const old = placesOf(before);
  const now = placesOf(after);
  const statuses = new Set(after.responses.map(({ status }) => status));
  return [
    ...[...old].flatMap(([name, { status, pointer }]) => {
      const partner = now.get(name);
      if (partner === undefined) {
        // A removed status is already reported as such.
        if (!statuses.has(status)) return [];
        return [changeAt('problem-removed', pointer, `"${name}" is no longer a cause of ${status}`, { from: name })];
      }
      if (partner.status === status) return [];
      const what = `"${name}" moved from ${status} to ${partner.status}`;
      return [changeAt('problem-moved', partner.pointer, what, { from: status, to: partner.status })];
    }),
    ...[...now].flatMap(([name, { status, pointer }]) =>
      old.has(name) ? [] : [changeAt('problem-added', pointer, `"${name}" is a new cause of ${status}`, { to: name })],
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

/** The changes of each problem in both catalogues, by its name. */
export function compareCatalogues(before: Contract, after: Contract): ReadonlyMap<string, readonly Change[]> {
  return new Map(
    [...after.problems].flatMap(([name, now]) => {
      const old = before.problems.get(name);
      return old === undefined ? [] : [[name, compareProblems(old, now)]];
    }),
  );
}

function compareProblems(old: Problem, now: Problem): readonly Change[] {
  const change = (kind: Change['kind'], field: string, from: Json | undefined, to: Json | undefined): Change =>
    changeAt(
      kind,
      joinPointer(now.pointer, ...field.split('.')),
      describeChange(`${field} of "${now.name}"`, from, to),
      {
        from,
        to,
      },
    );
  const changes: Change[] = [];
  if (old.errorCode !== now.errorCode) {
    const happened = old.errorCode === undefined ? 'added' : now.errorCode === undefined ? 'removed' : 'changed';
    changes.push(change(`error-code-${happened}`, 'errorCode', old.errorCode, now.errorCode));
  }
  if (old.message !== now.message) changes.push(change('problem-message-changed', 'message', old.message, now.message));
  if (old.remedy !== now.remedy) changes.push(change('problem-remedy-changed', 'remedy', old.remedy, now.remedy));
  if (!isDeepStrictEqual(old.when, now.when)) {
    changes.push(change(causeKind(old.when, now.when), 'when', { ...old.when }, { ...now.when }));
  }
  for (const name of new Set([...Object.keys(old.headers), ...Object.keys(now.headers)])) {
    const [from, to] = [old.headers[name], now.headers[name]];
    if (from === to) continue;
    const happened = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    changes.push(change(`problem-header-${happened}`, `headers.${name}`, from, to));
  }
  return changes;
}

function causeKind(old: Cause, now: Cause): Change['kind'] {
  if (old.kind !== 'beyond' || now.kind !== 'beyond') return 'problem-cause-changed';
  return now.max < old.max ? 'page-ceiling-lowered' : 'page-ceiling-raised';
}
