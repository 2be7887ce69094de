import { codeOfCheck, FINDING_CODES } from '../finding-codes.js';
import type { CheckFacts, Diagnosable } from './diagnosable.js';

/** From this many causes of one class on, they are one finding, since they are fixed together. */
const COLLAPSED_FROM = 3;
/** Wordings differ together, and a parameter that is ignored fails in every way in which it is tried. */
const COLLAPSED_EARLIER: Readonly<Record<string, number>> = { ERROR_MESSAGE: 2, FIELDS_SHOWN: 2, PAGES_ADD_UP: 2 };

/** Whether so many causes of a class become one finding. */
export function collapses(code: string, causes: number): boolean {
  return causes >= (COLLAPSED_EARLIER[code] ?? COLLAPSED_FROM);
}

/** A class of causes with one remedy. */
export interface CauseClass {
  readonly key: string;
  /** The cause of the finding that stands for the class. */
  readonly cause: string;
}

/** What is accepted wrongly, by the beginning of the cause. */
const ACCEPTED: readonly (readonly [RegExp, string])[] = [
  [
    /^accepted although body |^accepted although the body (is|has)|^accepted although there is no body/,
    'bodies are not validated',
  ],
  [/^accepted although query /, 'query parameters are not validated'],
  [/^accepted although path |^accepted although the path /, 'ids in paths are not validated'],
  [/^accepted although the token |^accepted although the scheme/, 'tokens are not verified'],
  [/^accepted although another /, 'duplicates are accepted'],
  [/^accepted although the (list|body) names/, 'unknown names in bodies are accepted'],
];

/** The class of a finding. */
export function classOf(
  { code, cause, check }: Diagnosable,
  factsOf: (check: string) => CheckFacts | undefined,
): CauseClass {
  if (code === 'WRONGLY_ACCEPTED') {
    const accepted = ACCEPTED.find(([pattern]) => pattern.test(cause))?.[1] ?? 'invalid requests are accepted';
    return { key: accepted, cause: accepted };
  }
  if (code === 'WRONG_STATUS') {
    const refusal = / when | for | instead of a documented one/.test(cause);
    return refusal
      ? { key: 'refusals', cause: 'refusals have other statuses than documented' }
      : { key: 'successes', cause: 'valid requests get other statuses than documented' };
  }
  const explained = Object.hasOwn(FINDING_CODES, code) ? Reflect.get(FINDING_CODES, code) : undefined;
  const title = explained?.title ?? factsOf(check)?.title;
  if (title === undefined || code !== codeOfCheck(check)) return { key: code, cause: String(title ?? code) };
  return { key: code, cause: `violated in several ways: ${title}` };
}
