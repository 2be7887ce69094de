import { type ContractProblem, formatProblem } from '../errors.js';

/** Problems by file and place, whichever was found first. A component that several places use is one problem. */
export function distinctInOrder(problems: readonly ContractProblem[]): readonly ContractProblem[] {
  const distinct = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...distinct.values()].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}
