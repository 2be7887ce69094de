import { matchesTemplate } from '../../conformance/judge/message-template.js';
import type { Json, Problem, Response, ValueRole } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { holdsOnlyRedacted } from './redacted.js';
import type { SchemaView, SchemaViews } from './schema-view.js';

/** Reads refusals: which part of an error body says what, and which of the contract's problems one is. */
export interface Refusals {
  /** The view of the body of a documented answer. */
  view(documented: Response): SchemaView;
  /** What a refusal says was taken out when it was recorded, or cut off: only the status is left. */
  isCut(view: SchemaView, body: Json | undefined): boolean;
  /**
   * The problems of a documented answer that fit, the best first: those whose errorCode and message fit, else those
   * whose errorCode does and of which no message is known, else the only one that was never seen.
   */
  problemsOf(documented: Response, body: Json | undefined): readonly Problem[];
  /**
   * The errorCodes that an answer may have, nothing standing for none, by its message; absent where the contract does
   * not know all: a cause that it may have was never seen.
   */
  codesOf(documented: Response, body: Json | undefined): ReadonlySet<string | undefined> | undefined;
}

type Part = Extract<ValueRole['kind'], 'error-code' | 'message' | 'status' | 'reason'>;

export function refusals(views: SchemaViews): Refusals {
  const view = ({ content }: Response): SchemaView => {
    const media = content.find(({ type }) => type.includes('json')) ?? content[0];
    return media === undefined ? views.nothing : views.of(media.schema);
  };
  const isCut = (seen: SchemaView, body: Json | undefined): boolean => {
    if (typeof body === 'string') return true;
    if (!isObject(body)) return false;
    const isTold = seen.properties.some((name) => isErrorPart(seen.property(name)) && Object.hasOwn(body, name));
    return !isTold && holdsOnlyRedacted(body);
  };
  return {
    view,
    isCut,
    codesOf(documented, body) {
      const { problems } = documented;
      const message = partOf(view(documented), body, 'message');
      const told = problems.filter(
        (problem) => problem.message !== undefined && message !== undefined && fits(problem.message, message),
      );
      const possible = told.length > 0 ? told : problems;
      if (possible.some(isUnseen)) return undefined;
      return new Set(possible.map(({ errorCode }) => errorCode));
    },
    problemsOf(documented, body) {
      const seen = view(documented);
      // Only the status is left: enough where it has but one cause.
      if (isCut(seen, body)) return documented.problems.length === 1 ? documented.problems : [];
      const code = partOf(seen, body, 'error-code');
      const message = partOf(seen, body, 'message');
      const sameCode = documented.problems.filter(({ errorCode }) => errorCode === code);
      const sameMessage = sameCode.filter(
        (problem) =>
          problem.message !== undefined && message !== undefined && matchesTemplate(problem.message, message),
      );
      // A template of nothing but a name in braces fits anything: the most particular goes first.
      const literal = ({ message: template = '' }: Problem) => template.replace(/\{[^{}]*\}/g, '').length;
      const fitting =
        sameMessage.length > 0 ? sameMessage : sameCode.filter((problem) => problem.message === undefined);
      return [...fitting].sort((left, right) => literal(right) - literal(left));
    },
  };
}

/** The property that carries this part of a refusal. */
export function partName(view: SchemaView, part: Part): string | undefined {
  return view.properties.find((name) => view.property(name)?.role?.kind === part);
}

/** What an error body says in this part; nothing where it does not. */
export function partOf(view: SchemaView, body: Json | undefined, part: Part): string | undefined {
  const name = partName(view, part);
  const value = name !== undefined && isObject(body) && Object.hasOwn(body, name) ? body[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Whether neither code nor wording of a problem can be told for sure. */
function isUnseen({ errorCode, evidence }: Problem): boolean {
  return errorCode === undefined && evidence.grade !== 'recorded';
}

/** Whether a message is one of a template that says something: one of nothing but a name in braces fits all. */
function fits(template: string, message: string): boolean {
  return /[A-Za-z]/.test(template.replace(/\{[^{}]*\}/g, '')) && matchesTemplate(template, message);
}

function isErrorPart(view: SchemaView | undefined): boolean {
  const kind = view?.role?.kind;
  return kind === 'error-code' || kind === 'message' || kind === 'status' || kind === 'reason';
}
