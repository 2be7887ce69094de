import type { Contract, Json, Operation, Response, Schema } from '../../contract/contract.js';
import { listOr } from '../../contract/json/json-value.js';
import { isObject } from '../../contract/pointer.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';
import { responseFor } from '../lookup/response-for.js';

/** The part of a problem that a property of an error body carries. */
type Part = 'error-code' | 'message' | 'status' | 'reason';

/** Reads error bodies by the `x-value` role of their properties. */
export interface ProblemText {
  /** The properties that carry a part in responses of this status. */
  properties(part: Part, operation: Operation, status: number): readonly string[];
  /** The first text that carries a part. */
  read(part: Part, operation: Operation, status: number, body: Json | undefined): string | undefined;
}

/** By contract: judging, coverage and absence read the same properties. */
const knownTexts = new WeakMap<Contract, ProblemText>();

/** The schema of the received status names the properties; an undocumented status is read like any documented refusal. */
export function problemTextOf(contract: Contract): ProblemText {
  const text = knownTexts.get(contract) ?? createProblemText(contract);
  knownTexts.set(contract, text);
  return text;
}

function createProblemText(contract: Contract): ProblemText {
  const known = new Map<string, readonly string[]>();

  const namesIn = (part: Part, schema: Schema): readonly string[] => {
    const shape = shapeOf(contract, schema);
    const branches = [...listOr(shape.oneOf), ...listOr(shape.anyOf)].filter(isObject);
    const own = Object.entries(propertiesOf(shape)).filter(([, property]) => contract.valueOf(property)?.kind === part);
    return [...own.map(([name]) => name), ...branches.flatMap((branch) => namesIn(part, branch))];
  };

  const namesOf = (part: Part, responses: readonly Response[]): readonly string[] =>
    responses.flatMap(({ content }) => content.flatMap(({ schema }) => namesIn(part, schema)));

  const properties = (part: Part, operation: Operation, status: number): readonly string[] => {
    const key = `${part} ${status} ${operation.id}`;
    const names = known.get(key);
    if (names !== undefined) return names;
    const documented = responseFor(operation, status);
    const refusals = operation.responses.filter((response) => !response.status.startsWith('2'));
    const found = [...new Set(namesOf(part, documented === undefined ? refusals : [documented]))];
    known.set(key, found);
    return found;
  };

  return {
    properties,
    read(part, operation, status, body) {
      if (!isObject(body)) return undefined;
      return properties(part, operation, status)
        .map((name) => body[name])
        .find((value) => typeof value === 'string');
    },
  };
}
