import { ShapeJudge } from '../../../conformance/judge/shape.js';
import { responseFor } from '../../../conformance/lookup/response-for.js';
import { parseJson } from '../../../conformance/target/target.js';
import type { Contract, Operation } from '../../../contract/contract.js';
import { Router } from '../../../contract/http/router.js';

/** A request and its answer, as far as they are judged. */
export interface Answered {
  readonly method: string;
  /** Encoded, without the query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Answers of the server, not of an operation: HTTP's own refusals. */
const PROTOCOL_STATUSES: ReadonlySet<number> = new Set([400, 404, 405, 413, 414, 415, 431]);

const OUTSIDE = /"outside the contract: /;

/** Judges answers by the contract: no 5xx, a documented status, and a body of its schema. */
export class AnswerJudge {
  readonly #router = new Router<Map<string, Operation>>();
  readonly #shapes: ShapeJudge;

  constructor(contract: Contract) {
    this.#shapes = new ShapeJudge(contract);
    for (const operation of contract.operations)
      this.#router.at(operation.route, () => new Map()).set(operation.method, operation);
  }

  /** What is wrong with an answer; undefined if nothing is. */
  fault({ method, path, status, headers, text }: Answered): string | undefined {
    const operation = this.#router.find(path)?.target.get(method === 'HEAD' ? 'GET' : method);
    // What the contract leaves out has an answer of the tenant's own.
    if (status === 501 && operation === undefined && (method === 'HEAD' || OUTSIDE.test(text))) return undefined;
    if (status >= 500) return `expected no server error, received ${status} ${text.slice(0, 200)}`;
    if (operation === undefined)
      return status >= 300 || method === 'OPTIONS' ? undefined : `expected a refusal, received ${status}`;
    const documented = responseFor(operation, status);
    if (documented === undefined)
      return PROTOCOL_STATUSES.has(status) ? undefined : `expected a documented status, received ${status}`;
    const [violation] = this.#shapes.judge(
      {
        request: { method, path, headers: {} } as never, // the judge reads the method alone
        response: { status, headers, text, ...parseJson(text) },
        durationMs: 0,
      },
      documented,
    );
    return violation && `expected ${violation.expected}, received ${violation.actual}`;
  }
}
