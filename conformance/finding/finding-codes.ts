/** What a kind of finding means, for `rolecall explain`. */
export interface Explanation {
  /** A few words. */
  readonly title: string;
  /** What the target does, and why it matters. */
  readonly meaning: string;
  /** How to see it without Rolecall. */
  readonly confirm: string;
  /** What to change at the target, or in the contract. */
  readonly remedy: string;
}

const SEND_AGAIN = 'Run the curl commands of the finding, and look at the last answer.';

/**
 * The kinds of findings that any check can report, since they are judged from one answer alone. Codes never change.
 * Findings of other kinds have the code of their check: its id in capitals, such as `RELATION_MODEL`.
 */
export const FINDING_CODES = {
  SERVER_ERROR: {
    title: 'the target answers 5xx',
    meaning: 'The target failed while it handled a request. Clients retry 5xx answers, so the failure multiplies.',
    confirm: SEND_AGAIN,
    remedy: "Find the error in the target's log. Answer invalid requests with the documented 4xx status.",
  },
  STACK_TRACE: {
    title: 'an answer contains a stack trace',
    meaning: 'The body shows file names and functions of the implementation, which helps attackers.',
    confirm: `${SEND_AGAIN} The body has lines such as "at file:line".`,
    remedy: 'Turn off debug output in production, and answer errors with the documented error body.',
  },
  TOKEN_ECHOED: {
    title: 'an answer repeats the access token',
    meaning: 'Whoever logs or caches the answer has the token.',
    confirm: `${SEND_AGAIN} Search the body for the token.`,
    remedy: 'Do not copy the Authorization header into answers.',
  },
  NO_ANSWER: {
    title: 'a request gets no answer',
    meaning:
      'The connection breaks, or nothing comes in time, each time this request is sent; other requests are answered.',
    confirm: SEND_AGAIN,
    remedy: "Look for a crash or a blocked worker in the target's log, and for limits of proxies in front of it.",
  },
  WRONG_STATUS: {
    title: 'an answer has another status than documented',
    meaning: 'Clients decide by the status. They treat an undocumented one as an error that they cannot handle.',
    confirm: `${SEND_AGAIN} Compare its status with "expected".`,
    remedy: 'Answer with the documented status. If the target is right, correct the contract.',
  },
  WRONGLY_ACCEPTED: {
    title: 'a request succeeds that must be refused',
    meaning: 'The target skips a rule of the contract: validation, authorization or a limit. "because" names the rule.',
    confirm: `${SEND_AGAIN} It succeeds; check whether it had an effect.`,
    remedy: 'Check the rule before the request has an effect, and answer with the documented refusal.',
  },
  REFUSAL_STATUS: {
    title: 'a refusal has the status of a success',
    meaning:
      'The body says that the request was refused, as in {"status": "error", "msg": "Unauthorized"}, and the status is ' +
      '2xx. Clients, caches and monitoring decide by the status, and take it for a success.',
    confirm: `${SEND_AGAIN} Compare its status with its body.`,
    remedy: 'Answer refusals with a status of 4xx, and list it in the contract.',
  },
  ERROR_CODE: {
    title: 'an error has another errorCode than documented',
    meaning: 'Clients tell errors of one status apart by errorCode.',
    confirm: `${SEND_AGAIN} Compare errorCode in its body with "expected".`,
    remedy: 'Answer with the documented errorCode. If the target is right, correct the contract.',
  },
  ERROR_MESSAGE: {
    title: 'the message of an error differs',
    meaning: 'Wording may change at any time, so this is a warning at most. Clients that parse messages break.',
    confirm: `${SEND_AGAIN} Compare the message in its body with "expected".`,
    remedy: 'Use the documented message, or correct the template in the contract.',
  },
  ERROR_HEADER: {
    title: 'a header of an error is missing or differs',
    meaning: 'Clients read it to know what to do next, such as WWW-Authenticate.',
    confirm: `${SEND_AGAIN} Compare its headers with "expected".`,
    remedy: 'Send the documented header.',
  },
  UNEXPECTED_BODY: {
    title: 'an answer has a body where none is documented',
    meaning: 'Clients that expect no body may leave it unread on the connection, or fail on it.',
    confirm: SEND_AGAIN,
    remedy: 'Answer without a body, with the documented status (204 has none).',
  },
  CONTENT_TYPE: {
    title: 'an answer has another Content-Type than documented',
    meaning: 'Clients choose the parser by it. HTML often comes from a proxy, not from the service.',
    confirm: `${SEND_AGAIN} Look at its Content-Type, and at who sent it (Server, Via).`,
    remedy: 'Send the documented Content-Type, also with errors. Configure error pages of proxies as JSON.',
  },
  NOT_JSON: {
    title: 'a body is not JSON',
    meaning: 'Clients cannot read it. It may be cut off, or nested deeper than 500 levels.',
    confirm: `${SEND_AGAIN} Pass the body to "jq .".`,
    remedy: 'Send a complete JSON document.',
  },
  BODY_SCHEMA: {
    title: 'a body does not match its schema',
    meaning: 'A property is missing, has another type, or another value than the contract allows. The cause names it.',
    confirm: `${SEND_AGAIN} Look at the property in its body.`,
    remedy: 'Send the property as documented. If the target is right, correct the schema.',
  },
  STATUS_IN_BODY: {
    title: 'an error body contradicts the status line',
    meaning: 'The body repeats the status or its reason, with another value. Clients may trust either.',
    confirm: `${SEND_AGAIN} Compare its status line with the body.`,
    remedy: 'Derive both from one value.',
  },
  GATEWAY: {
    title: 'software in front of the service answers a request',
    meaning:
      'A gateway refuses an unusual request with a page of its own, or the router of a framework redirects an unusual ' +
      'path to the one that it takes it for, or finds nothing there, so the operation was not checked with it.',
    confirm: `${SEND_AGAIN} Its body is a page of nginx, Apache or the like, or the router's own text, or its Location is the plain path.`,
    remedy: 'Change the setting that "expected" names, or verify the service without the gateway.',
  },
  HEADER: {
    title: 'a documented header is missing or invalid',
    meaning: 'Clients depend on it, such as the rate limit headers to slow down in time.',
    confirm: `${SEND_AGAIN} Compare its headers with "expected".`,
    remedy: 'Send the header as documented, with every answer of this status.',
  },
} as const satisfies Readonly<Record<string, Explanation>>;

export type FindingCode = keyof typeof FINDING_CODES;

/** Coarse faults, which diagnosing recognises by what they cause. Codes never change. */
export const ROOT_CODES = {
  NOT_IMPLEMENTED: {
    title: 'an operation is not implemented',
    meaning:
      'Every request to the operation is answered with 404, 405 or 501, also valid ones for known resources; or a valid one with 501, and none succeeds.',
    confirm: SEND_AGAIN,
    remedy:
      'Implement the operation, or route it. For a mock of a part of the API, pass --allow-missing: then such operations are skipped.',
  },
  NO_STATE: {
    title: 'the target keeps no state',
    meaning: 'Nothing that was sent is shown by a later reading: answers are examples, or generated.',
    confirm: 'Create a resource, then read it: the answer does not show what was sent.',
    remedy: "Store what is written. If this is a stateless mock, pass --skip '*/STATE-CHECK' for the checks it lists.",
  },
  UPDATE_IGNORED: {
    title: 'an update changes nothing',
    meaning: 'The target answers an update with success, and a later reading shows every property as before.',
    confirm: `${SEND_AGAIN} Read the resource: nothing that was sent is shown.`,
    remedy: 'Store what an update sends, or refuse it.',
  },
  NO_TOKEN_REQUIRED: {
    title: 'no token is required',
    meaning:
      'The operation answers requests without an Authorization header. Nothing else about tokens can be right then.',
    confirm: SEND_AGAIN,
    remedy: 'Require and verify a token before anything else, and answer 401 otherwise.',
  },
  ANY_TOKEN_ACCEPTED: {
    title: 'any token is accepted',
    meaning: 'The operation accepts texts that are not tokens, so it verifies neither signature nor claims nor scopes.',
    confirm: SEND_AGAIN,
    remedy: 'Verify signature, algorithm, expiry, audience, issuer and scopes of every token.',
  },
  ANY_ID_ACCEPTED: {
    title: 'any id is accepted',
    meaning: 'The operation succeeds for ids in the path that name nothing.',
    confirm: SEND_AGAIN,
    remedy: 'Look the resource up first, and answer with the documented refusal where there is none.',
  },
} as const satisfies Readonly<Record<string, Explanation>>;

/** The cause by which the diagnosis recognizes an update without effect. */
export const UPDATE_IGNORED = 'the update changes nothing';

export type RootCode = keyof typeof ROOT_CODES;

/** Whether findings with this code stand for a coarse fault, from which others follow. */
export function isRootCode(code: string): boolean {
  return Object.hasOwn(ROOT_CODES, code);
}

/** The code of findings of one check: `relation-model` gives `RELATION_MODEL`. */
export function codeOfCheck(id: string): string {
  return id.toUpperCase().replaceAll('-', '_');
}
