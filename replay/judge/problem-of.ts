import { matchesTemplate } from '../../conformance/judge/message-template.js';
import type { Json, Problem, Response, ValueRole } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { holdsOnlyRedacted } from './redacted.js';
import type { SchemaView, SchemaViews } from './schema-view.js';

/** Interprets refusals: the parts of an error body and the matching problems of the contract. */
export interface Refusals {
  /** The schema view of the body of a documented answer. */
  view(documented: Response): SchemaView;
  /** Whether the content of a refusal was redacted or cut off, so that only the status is known. */
  isStripped(view: SchemaView, body: Json | undefined): boolean;
  /**
   * The matching problems of a documented answer, the best first: those whose errorCode and message match, else those
   * whose errorCode matches and whose message is unknown.
   */
  problemsOf(documented: Response, body: Json | undefined): readonly Problem[];
  /**
   * The errorCodes that an answer with this message may have, where undefined means none. Undefined if the contract does
   * not know all of them, because a possible cause was never observed.
   */
  codesOf(documented: Response, body: Json | undefined): ReadonlySet<string | undefined> | undefined;
}

type Part = Extract<ValueRole['kind'], 'error-code' | 'message' | 'status' | 'reason'>;

export function refusals(views: SchemaViews): Refusals {
  const view = ({ content }: Response): SchemaView => {
    const media = content.find(({ type }) => type.includes('json')) ?? content[0];
    return media === undefined ? views.nothing : views.of(media.schema);
  };
  const isStripped = (seen: SchemaView, body: Json | undefined): boolean => {
    if (typeof body === 'string') return true;
    if (!isObject(body)) return false;
    const hasContent = seen.properties.some((name) => isErrorPart(seen.property(name)) && Object.hasOwn(body, name));
    return !hasContent && holdsOnlyRedacted(body);
  };
  return {
    view,
    isStripped,
    codesOf(documented, body) {
      const { problems } = documented;
      const message = partOf(view(documented), body, 'message');
      const matching = problems.filter(
        (problem) => problem.message !== undefined && message !== undefined && fits(problem.message, message),
      );
      const possible = matching.length > 0 ? matching : problems;
      if (possible.some(isUnobserved)) return undefined;
      return new Set(possible.map(({ errorCode }) => errorCode));
    },
    problemsOf(documented, body) {
      const seen = view(documented);
      // Only the status is known: enough if it has a single cause.
      if (isStripped(seen, body)) return documented.problems.length === 1 ? documented.problems : [];
      const code = partOf(seen, body, 'error-code');
      const message = partOf(seen, body, 'message');
      const sameCode = documented.problems.filter(({ errorCode }) => errorCode === code);
      const sameMessage = sameCode.filter(
        (problem) =>
          problem.message !== undefined && message !== undefined && matchesTemplate(problem.message, message),
      );
      // A template that is only a placeholder matches everything: the most specific goes first.
      const literal = ({ message: template = '' }: Problem) => template.replace(/\{[^{}]*\}/g, '').length;
      const fitting =
        sameMessage.length > 0 ? sameMessage : sameCode.filter((problem) => problem.message === undefined);
      return [...fitting].sort((left, right) => literal(right) - literal(left));
    },
  };
}

/** The name of the property with this part of a refusal. */
export function partName(view: SchemaView, part: Part): string | undefined {
  return view.properties.find((name) => view.property(name)?.role?.kind === part);
}

/** The text of this part of an error body, if it has one. */
export function partOf(view: SchemaView, body: Json | undefined, part: Part): string | undefined {
  const name = partName(view, part);
  const value = name !== undefined && isObject(body) && Object.hasOwn(body, name) ? body[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Whether the code of a problem is unknown. */
function isUnobserved({ errorCode, evidence }: Problem): boolean {
  return errorCode === undefined && evidence.grade !== 'recorded';
}

/** Whether a message matches a template that is more than a placeholder. */
function fits(template: string, message: string): boolean {
  return /[A-Za-z]/.test(template.replace(/\{[^{}]*\}/g, '')) && matchesTemplate(template, message);
}

function isErrorPart(view: SchemaView | undefined): boolean {
  const kind = view?.role?.kind;
  return kind === 'error-code' || kind === 'message' || kind === 'status' || kind === 'reason';
}
