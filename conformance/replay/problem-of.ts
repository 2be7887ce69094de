import type { Contract, Json, Problem, Response } from '../../spec/contract/contract.js';
import { isObject } from '../../spec/contract/pointer.js';
import { propertiesWithRole, textIn } from '../coverage.js';
import { matchesTemplate } from '../judge/message-template.js';

/** Reads refusals: which of the contract's problems an error body is. */
export interface Refusals {
  codeOf(body: Json | undefined): string | undefined;
  messageOf(body: Json | undefined): string | undefined;
  /** Names of the properties that carry the code. */
  readonly codeProperties: readonly string[];
  readonly messageProperties: readonly string[];
  /** None of the properties of a refusal is there: it was taken out when it was recorded, and only the status is left. */
  isCut(body: Json | undefined): boolean;
  /**
   * The problems of a documented answer that fit, the best first: those whose errorCode and message fit, else those
   * whose errorCode does.
   */
  problemsOf(documented: Response, body: Json | undefined): readonly Problem[];
}

export function refusals(contract: Contract): Refusals {
  const codeProperties = propertiesWithRole(contract, 'error-code');
  const messageProperties = propertiesWithRole(contract, 'message');
  const known = [...codeProperties, ...messageProperties, ...propertiesWithRole(contract, 'status')];
  const codeOf = (body: Json | undefined) => textIn(body, codeProperties);
  const messageOf = (body: Json | undefined) => textIn(body, messageProperties);
  return {
    codeProperties,
    messageProperties,
    codeOf,
    messageOf,
    isCut: (body) => !isObject(body) || !known.some((name) => Object.hasOwn(body, name)),
    problemsOf({ problems }, body) {
      const code = codeOf(body);
      const message = messageOf(body);
      const sameCode = problems.filter(({ errorCode }) => errorCode === code);
      const sameMessage = sameCode.filter(
        (problem) => problem.message !== undefined && message !== undefined && matchesTemplate(problem.message, message),
      );
      // A template of nothing but a name in braces fits anything: the most particular goes first.
      const literal = ({ message: template = '' }: Problem) => template.replace(/\{[^{}]*\}/g, '').length;
      const fitting = sameMessage.length > 0 ? sameMessage : sameCode;
      return [...fitting].sort((left, right) => literal(right) - literal(left));
    },
  };
}
