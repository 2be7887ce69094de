import { resourceNamed } from '../conformance/lookup/identity.js';
import type { TargetResponse } from '../conformance/target/exchange.js';
import type { HttpRequest } from '../conformance/target/target.js';
import type { Json, Operation } from '../contract/contract.js';
import { isObject } from '../contract/pointer.js';
import { Altered } from './assume/altered.js';
import type { Assumptions } from './assume/assumptions.js';
import type { Entity } from './assume/catalogue.js';
import type { Preparation } from './assume/prepare.js';
import { AnswerComparison, asRecorded } from './compare/compare-answer.js';
import type { AnswerContext, SentOf } from './compare/compare-resource.js';
import type { Compared } from './compare/compare-walk.js';
import { Correspondence } from './compare/correspondence.js';
import type { Difference } from './compare/difference.js';
import { learnIds } from './compare/learn.js';
import { bodyView, declaredPart, undeclaredQuery } from './judge/declared.js';
import { holdsRedacted } from './judge/redacted.js';
import type { Looks } from './look.js';
import { type Named, namedByBody, namedByPath, tuplesOf } from './recorded/naming.js';
import type { Answer, Outcome } from './recorded/outcome.js';
import type { PageWalk } from './recorded/page-walk.js';
import type { ReplayContract } from './recorded/replay-contract.js';
import { pathSides } from './recorded/shown.js';
import { effectOf, isKnown, isSuccess, type KnownStep, type Step, writes } from './recorded/step.js';
import { TupleLedger } from './recorded/tuple-ledger.js';
import { authorizationFor } from './target/authorization.js';
import { mergeSent } from './target/merge-sent.js';
import type { ReplayTarget } from './target/replay-target.js';
import { writeRequest } from './target/write-request.js';

/** How often a listing that shows changes late is read again. */
const MOST_PAUSES = 4;

/** What became of an exchange; a page of a listing is settled together with the others of its walk. */
export type Settled = ReadonlyMap<Step, Outcome>;

/** One run of a recording against a target. */
export class Session implements AnswerContext {
  readonly known: ReplayContract;
  readonly correspondence = new Correspondence();
  readonly times = new Map<string, string>();
  readonly ledger: TupleLedger;
  readonly assumptions: Assumptions;
  readonly #target: ReplayTarget;
  readonly #comparison: AnswerComparison;
  /** Absent in a rehearsal, where only the answers matter. */
  readonly #looks: Looks | undefined;
  readonly #sent = new Map<string, Json>();
  /** Why a thing that is assumed is not there. */
  readonly #unmet = new Map<Entity, string>();
  readonly #altered: Altered;
  /** What was wrong with answers to requests that are not the recording's: told with the exchange that comes next. */
  readonly #flaws: Difference[] = [];
  /** Keys of what requests of this session created, as recorded, with its resource, in order. */
  readonly created: { readonly resource: string; readonly key: string }[] = [];

  constructor(
    known: ReplayContract,
    target: ReplayTarget,
    assumptions: Assumptions,
    walks: ReadonlyMap<Step, PageWalk>,
    looks?: Looks,
  ) {
    this.#looks = looks;
    this.known = known;
    this.#target = target;
    this.assumptions = assumptions;
    this.ledger = new TupleLedger(known);
    this.#altered = new Altered(known, assumptions.catalogue);
    this.#comparison = new AnswerComparison(this, walks);
  }

  /** Brings about what the recording assumes, as far as the contract's operations can. */
  async prepare(preparation: Preparation): Promise<void> {
    const { unmet } = await preparation.run(this, async (operation, request) => {
      const answer = await this.#send(request);
      this.#flaws.push(...this.#flawsOf(operation, answer, `before ${request.method} ${request.path}`));
      return answer;
    });
    for (const [entity, reason] of unmet) this.#unmet.set(entity, reason);
    for (const tuple of this.assumptions.tuples) this.ledger.add(tuple);
  }

  /** Notes what was sent of a thing, by its recorded key. */
  noteSent(resource: string, key: string, body: Json): void {
    const name = JSON.stringify([resource, key]);
    const merged = mergeSent(this.#sent.get(name), body);
    if (merged !== undefined) this.#sent.set(name, merged);
  }

  readonly sentOf: SentOf = (resource, key) => this.#sent.get(JSON.stringify([resource, key]));

  isUnmet(entity: Entity): boolean {
    return this.#unmet.has(entity);
  }

  isAltered(entity: Entity): boolean {
    return this.#altered.has(entity);
  }

  /** Sends a recorded exchange and compares the answer. */
  async play(step: Step): Promise<Settled> {
    if (!isKnown(step)) {
      this.#altered.note(step);
      return new Map([[step, { kind: 'outside', why: [step.line] }]]);
    }
    if (step.undeclared.length > 0) {
      if (isSuccess(step) && writes(step)) await this.#sendDeclaredPart(step);
      return new Map([[step, { kind: 'outside', why: step.undeclared }]]);
    }
    const authorization = await authorizationFor(this.known, this.#target, step, (set) => this.#isFull(step, set));
    const reason = this.#unmetBy(step) ?? ('reason' in authorization ? authorization.reason : undefined);
    if (reason !== undefined) return this.#unsent(step, reason);
    const { body } = step.exchange.request;
    const sent = body === undefined ? undefined : this.correspondence.json(body);
    const request = writeRequest(this.correspondence, step, sent);
    const header = 'header' in authorization ? authorization.header : undefined;
    const actual = await this.#answered(step, header === undefined ? request : withAuthorization(request, header));
    this.#follow(step, actual);
    const looked = await this.#look(step, actual);
    return this.#settle(step, actual, looked);
  }

  /** The answer of the target; of a listing that shows changes late, at somebody's target, the one that shows them. */
  async #answered(step: KnownStep, request: HttpRequest): Promise<TargetResponse> {
    for (let attempt = 0; ; attempt += 1) {
      const actual = await this.#target.send(request);
      const mayShowLate = effectOf(step)?.consistency === 'eventual' && this.#target.restart === undefined;
      if (!mayShowLate || attempt === MOST_PAUSES) return actual;
      const compared = this.#comparison.compare(step, actual).get(step);
      if (compared === undefined || compared.differences.length === 0) return actual;
      await this.#target.pause();
    }
  }

  /** Whether a write was done, where nothing later in the recording tells. */
  async #look(step: KnownStep, actual: TargetResponse): Promise<readonly Difference[]> {
    if (this.#looks === undefined || !isSuccess(step) || actual.status >= 300) return [];
    return this.#looks.after(step, actual, {
      correspondence: this.correspondence,
      ledger: this.ledger,
      send: async ({ operation, method, path, headers, body }) => {
        const answer = await this.#send({ method, path, headers, ...(body === undefined ? {} : { body }) });
        if (operation !== undefined)
          this.#flaws.push(...this.#flawsOf(operation, answer, `afterwards ${method} ${path}`));
        return answer;
      },
      pause: () => this.#target.pause(),
    });
  }

  #flawsOf(operation: Operation, answer: TargetResponse, place: string): readonly Difference[] {
    return this.known.conform
      .response(operation, asRecorded(answer))
      .map((each) => ({ ...each, place: `${place}: ${each.place}` }));
  }

  /** A step that cannot be sent. */
  #unsent(step: KnownStep, reason: string): Settled {
    const { violations } = step;
    const expected = recordedAnswer(step, this.correspondence);
    const outcome: Outcome =
      violations.length === 0 ? { kind: 'assumed', reason } : { kind: 'mismatched', expected, differences: violations };
    const others = [...this.#comparison.skip(step)].map(([page, compared]) => this.#outcomeOf(page, compared, []));
    return new Map([...others, [step, outcome]]);
  }

  #settle(step: KnownStep, actual: TargetResponse, looked: readonly Difference[]): Settled {
    const found = [...this.#comparison.compare(step, actual)];
    const besides = [...looked, ...this.#flaws.splice(0)];
    return new Map(found.map(([page, compared]) => this.#outcomeOf(page, compared, page === step ? besides : [])));
  }

  #outcomeOf(
    step: KnownStep,
    { differences, response, missed = 0 }: Compared,
    besides: readonly Difference[],
  ): [Step, Outcome] {
    const all = [...step.violations, ...differences, ...besides];
    if (all.length === 0 && missed === 0) return [step, { kind: 'matched' }];
    if (all.length === 0) return [step, { kind: 'assumed', reason: `${missed} items that could not be brought about` }];
    const { request, response: recorded } = step.exchange;
    // The recording left out something that was sent: then what it was refused or granted for cannot be known.
    if (step.violations.length === 0 && holdsRedacted(request.body) && response.status !== recorded.status) {
      return [step, { kind: 'assumed', reason: 'a value that was sent, and is not in the recording' }];
    }
    const isTurned = response.status < 400 !== recorded.status < 400;
    if (step.violations.length === 0 && isTurned && this.#altered.isNamedBy(step)) {
      return [step, { kind: 'assumed', reason: 'what an exchange outside the contract did to it' }];
    }
    const expected = recordedAnswer(step, this.correspondence);
    return [step, { kind: 'mismatched', expected, actual: answerOf(response), differences: all }];
  }

  /** Notes what a request did: ids that it made, values that it set, tuples that it added. */
  #follow(step: KnownStep, actual: TargetResponse): void {
    const effect = effectOf(step);
    const { request, response } = step.exchange;
    if (effect === undefined || actual.status >= 300) return;
    this.ledger.apply(step);
    if (effect.on !== 'resource' || !isObject(response.body)) return;
    const resource = resourceNamed(this.known.contract, effect.target);
    if (effect.kind === 'create' && isObject(actual.json)) {
      learnIds(this.correspondence, resource, response.body, actual.json, step.answer);
    }
    const key = response.body[resource.key];
    if (typeof key !== 'string') return;
    if (effect.kind === 'create') this.created.push({ resource: resource.name, key });
    if ((effect.kind === 'create' || effect.kind === 'update') && request.body !== undefined) {
      this.noteSent(resource.name, key, request.body);
    }
  }

  /** Of an exchange outside the contract, what the contract knows: later exchanges may need what it made. */
  async #sendDeclaredPart(step: KnownStep): Promise<void> {
    const { operation } = step.match;
    const body = declaredPart(bodyView(this.known.views, operation), step.exchange.request.body);
    const undeclared = undeclaredQuery(operation, step.exchange.request);
    const query = Object.fromEntries(Object.entries(step.query).filter(([name]) => !undeclared.includes(name)));
    const sent = body === undefined ? undefined : this.correspondence.json(body);
    const actual = await this.#send(writeRequest(this.correspondence, step, sent, query));
    this.#follow(step, actual);
  }

  async #send(request: HttpRequest): Promise<TargetResponse> {
    return this.#target.send(withAuthorization(request, `Bearer ${await this.#target.token()}`));
  }

  /** Why a step cannot be sent: it names something that is assumed and not there. */
  #unmetBy(step: KnownStep): string | undefined {
    if (this.#unmet.size === 0) return undefined;
    const named = [...namedByPath(this.known, step), ...namedByBody(this.known, step)];
    return named.map((one) => this.#unmetReason(one)).find((reason) => reason !== undefined);
  }

  #unmetReason({ resource, properties, value }: Named): string | undefined {
    const { catalogue } = this.assumptions;
    const entities = properties.flatMap((property) => catalogue.all(resource, property, value));
    const [entity] = entities;
    return entity === undefined ? undefined : this.#unmet.get(entity);
  }

  /** Whether what the recording did before is enough to reach a limit: filling one takes hundreds of requests. */
  #isFull(step: KnownStep, of: string): boolean {
    const { relations, resources } = this.known.contract;
    const limits = relations.get(of)?.limits ?? [];
    const sides = pathSides(step);
    const most = resources.get(of)?.limit?.max;
    return (
      limits.some(({ per, max }) => {
        const held = Object.fromEntries(
          per.flatMap((side) => (sides[side] === undefined ? [] : [[side, sides[side]]])),
        );
        return this.ledger.count(of, held) + tuplesOf(this.known, step).length > max;
      }) ||
      (most !== undefined && this.created.filter(({ resource }) => resource === of).length >= most)
    );
  }
}

function withAuthorization(request: HttpRequest, value: string): HttpRequest {
  return { ...request, headers: { ...request.headers, authorization: value } };
}

export function answerOf({ status, text, json }: TargetResponse): Answer {
  const body = json ?? (text === '' ? undefined : text);
  return body === undefined ? { status } : { status, body };
}

function recordedAnswer({ exchange }: Step, correspondence: Correspondence): Answer {
  const { status, body } = exchange.response;
  return body === undefined ? { status } : { status, body: correspondence.json(body) };
}
