import { codeOfCheck, FINDING_CODES } from '../finding/finding-codes.js';
import type { CheckFacts, Diagnosable } from './diagnosable.js';

/** From this many causes of one class on, they are one finding, since they are fixed together. */
const COLLAPSED_FROM = 3;
/** Wordings differ together, and a parameter that is ignored fails in every way in which it is tried. */
const COLLAPSED_EARLIER: Readonly<Record<string, number>> = { ERROR_MESSAGE: 2, FIELDS_SHOWN: 2, PAGES_ADD_UP: 2 };

/** Where a rule is not applied to parameters, their causes differ in nothing but names. */
const NAMED = /^(accepted although (?:path|query) )\S+(?= violates )/;

/** Whether these findings of one class become one. */
export function collapses(members: readonly Pick<Diagnosable, 'code' | 'cause'>[]): boolean {
  const [first] = members;
  if (first === undefined) return false;
  const rules = new Set(members.map(({ cause }) => cause.replace(NAMED, '$1')));
  return members.length >= (rules.size === 1 ? 2 : (COLLAPSED_EARLIER[first.code] ?? COLLAPSED_FROM));
}

/** A class of causes with one remedy. */
export interface CauseClass {
  readonly key: string;
  /** The cause of the finding that stands for the class. */
  readonly cause: string;
  /** What its fingerprint is made of: it stays where the wording of the cause changes. Default: the cause. */
  readonly identity?: string;
}

/** What is accepted wrongly, by the beginning of the cause: its identity, and what to say of it. */
const ACCEPTED: readonly (readonly [RegExp, identity: string, cause: string])[] = [
  [
    /^accepted although body |^accepted although the body (is|has)|^accepted although there is no body/,
    'bodies are not validated',
    'invalid bodies are accepted',
  ],
  [/^accepted although query /, 'query parameters are not validated', 'invalid query parameters are accepted'],
  [
    /^accepted although path |^accepted although the path /,
    'ids in paths are not validated',
    'invalid ids in paths are accepted',
  ],
  [
    /^accepted although the token |^accepted although the scheme/,
    'tokens are not verified',
    'invalid tokens are accepted',
  ],
  [/^accepted although another /, 'duplicates are accepted', 'duplicates are accepted'],
  [
    /^accepted although the (list|body) names/,
    'unknown names in bodies are accepted',
    'unknown names in bodies are accepted',
  ],
];

type StatusClass = readonly [pattern: RegExp, key: string, cause: string];

/** What has another status, by the cause: valid requests, unless it says otherwise. */
const STATUSES: readonly StatusClass[] = [
  [/^refused without a token/, 'token', 'refused without a token, which the contract does not require'],
  [/ which the contract does not list/, 'unlisted', 'invalid requests get statuses that the contract does not list'],
  [/ when | for | instead of a documented one/, 'refusals', 'refusals have other statuses than documented'],
];
const OF_SUCCESS: StatusClass = [/^/, 'successes', 'valid requests get other statuses than documented'];

/** A property that is dropped when its resource is created is dropped by updates too, and each check of state sees it. */
const NOT_KEPT = /^property \S+ (is not what was sent|was not updated)$/;

/** The class of a finding. */
export function classOf(
  { code, cause, check }: Diagnosable,
  factsOf: (check: string) => CheckFacts | undefined,
): CauseClass {
  if (code === 'WRONGLY_ACCEPTED') {
    const unsorted = 'invalid requests are accepted';
    const [, identity, accepted] = ACCEPTED.find(([pattern]) => pattern.test(cause)) ?? [undefined, unsorted, unsorted];
    return { key: identity, cause: accepted, identity };
  }
  if (code === 'WRONG_STATUS') {
    const [, key, answered] = STATUSES.find(([pattern]) => pattern.test(cause)) ?? OF_SUCCESS;
    return { key, cause: answered };
  }
  if (NOT_KEPT.test(cause)) return { key: 'not kept', cause: 'properties are not kept as they were sent' };
  const explained = Object.hasOwn(FINDING_CODES, code) ? Reflect.get(FINDING_CODES, code) : undefined;
  const title = explained?.title ?? factsOf(check)?.title;
  if (title === undefined || code !== codeOfCheck(check)) return { key: code, cause: String(title ?? code) };
  return { key: code, cause: `violated in several ways: ${title}` };
}
