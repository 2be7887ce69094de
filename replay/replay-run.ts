import { responseFor } from '../conformance/lookup/response-for.js';
import { counted } from '../conformance/report/last-line.js';
import type { TargetResponse } from '../conformance/target/exchange.js';
import type { HttpRequest } from '../conformance/target/target.js';
import type { Operation } from '../contract/contract.js';
import { AlteredEntities } from './assume/altered-entities.js';
import type { Assumptions } from './assume/assumptions.js';
import { type Entity, parentOf } from './assume/catalogue.js';
import { IncompleteWrites } from './assume/incomplete-writes.js';
import type { Preparation, RunPreparation } from './assume/prepare.js';
import { unstatedReason } from './assume/unstated-reason.js';
import { AnswerComparison, asRecorded } from './compare/compare-answer.js';
import type { AnswerContext } from './compare/compare-resource.js';
import type { Compared } from './compare/compare-walk.js';
import { besidesViolations, violatesInRequest } from './compare/consequences.js';
import { Correspondence } from './compare/correspondence.js';
import type { Difference } from './compare/difference.js';
import { bodyView, declaredPart, undeclaredQuery } from './judge/declared.js';
import { holdsRedacted } from './judge/redacted.js';
import { reasonNotToSend, type SendingContext } from './reason-not-to-send.js';
import { lacksCursor, RecordedCursors } from './recorded/cursors.js';
import type { ExchangeResult } from './recorded/exchange-result.js';
import type { PageWalk } from './recorded/page-walk.js';
import { reachesLimit } from './recorded/reaches-limit.js';
import type { ReplayContract } from './recorded/replay-contract.js';
import { answerOf, asReported, recordedAnswer } from './recorded/reported.js';
import { entityName, type SentValues } from './recorded/sent-values.js';
import { effectOf, isRouted, isSuccess, type RoutedStep, type Step, writes } from './recorded/step.js';
import type { TupleTracker } from './recorded/tuple-tracker.js';
import { RecordedEffects } from './recorded-effects.js';
import { authorizationFor } from './target/authorization.js';
import { NumberedTarget } from './target/numbered-target.js';
import type { ReplayTarget } from './target/replay-target.js';
import { writeRequest } from './target/write-request.js';
import type { WriteVerifier } from './write-verifier.js';

/** How often an eventually consistent listing is read again. */
const MAX_RETRIES = 4;

/** Results of steps. The pages of one listing are compared together, so one answer can settle several steps. */
export type Settled = ReadonlyMap<Step, ExchangeResult>;

export interface ReplayRunOptions {
  readonly known: ReplayContract;
  readonly target: ReplayTarget;
  readonly assumptions: Assumptions;
  /** The walk of each page, in the order in which the steps will be played. */
  readonly walks: ReadonlyMap<Step, PageWalk>;
  /** Loaded only if something must be created that the recording does not create, or not by a request that is whole. */
  readonly preparation: () => Promise<Preparation>;
  /** Absent in a trial run, where only the answers matter. */
  readonly writeVerifier?: WriteVerifier;
}

/** What is found with an exchange besides its answer. */
interface Additional {
  /** What its write did not do. */
  readonly unverified: readonly Difference[];
  /** Violations of the contract in answers to our own requests: no reason to assume anything excuses them. */
  readonly ofOwn: readonly Difference[];
}

/** One run of a recording against a target. */
export class ReplayRun implements AnswerContext {
  readonly known: ReplayContract;
  readonly correspondence = new Correspondence();
  readonly times = new Map<string, string>();
  readonly tracker: TupleTracker;
  readonly assumptions: Assumptions;
  readonly #target: ReplayTarget;
  readonly #comparison: AnswerComparison;
  /** Absent in a trial run, where only the answers matter. */
  readonly #writeVerifier: WriteVerifier | undefined;
  readonly sent: SentValues;
  readonly #loadPreparation: () => Promise<Preparation>;
  #preparation: RunPreparation | undefined;
  readonly #altered: AlteredEntities;
  readonly #partlyOutside: AlteredEntities;
  readonly #incompleteWrites: IncompleteWrites;
  readonly #cursors = new RecordedCursors();
  /** Contract violations in answers to our own requests, reported with the next exchange. */
  readonly #violations: Difference[] = [];
  readonly created: RecordedEffects['created'];
  readonly #effects: RecordedEffects;

  constructor({ known, target, assumptions, walks, preparation, writeVerifier }: ReplayRunOptions) {
    this.#writeVerifier = writeVerifier;
    this.#loadPreparation = preparation;
    this.known = known;
    this.#target = known.ids.isEmpty ? target : new NumberedTarget(target, known);
    this.assumptions = assumptions;
    const { catalogue } = assumptions;
    const isUnmetKey = (text: string) => this.#isUnmetKey(text);
    this.#effects = new RecordedEffects({ known, catalogue, correspondence: this.correspondence, isUnmetKey });
    ({ tracker: this.tracker, sent: this.sent, created: this.created } = this.#effects);
    this.#altered = new AlteredEntities(known, catalogue);
    this.#partlyOutside = new AlteredEntities(known, catalogue);
    this.#incompleteWrites = new IncompleteWrites(known, catalogue);
    this.#comparison = new AnswerComparison(this, walks);
  }

  /** Creates what the recording assumes, as far as the contract's operations allow. */
  async prepare(): Promise<void> {
    const { catalogue, tuples, doneBefore } = this.assumptions;
    const hasAssumed = catalogue.entities.some(({ createdAt }) => createdAt === undefined);
    if (hasAssumed || tuples.length > 0 || doneBefore.length > 0) await (await this.#prepared()).createAssumed();
    for (const tuple of tuples) this.tracker.add(tuple);
  }

  async #prepared(): Promise<RunPreparation> {
    this.#preparation ??= (await this.#loadPreparation()).of(this, async (operation, request) => {
      const answer = await this.#send(request);
      this.#violations.push(...this.#violationsOf(operation, answer, `before ${request.method} ${request.path}`));
      return answer;
    });
    return this.#preparation;
  }

  /** Creates what a request made that cannot be sent as it was, from what its answer shows: later requests name it. */
  async #createShown(step: RoutedStep): Promise<void> {
    const effect = effectOf(step);
    if (effect?.kind !== 'create' || !isSuccess(step)) return;
    const { index } = step.exchange;
    const entity = this.assumptions.catalogue.entities.find(({ createdAt }) => createdAt === index);
    if (entity !== undefined) await (await this.#prepared()).create(entity);
  }

  /** The service took a request that the contract forbids, and the target did not: later answers show what it did. */
  async #makeUpFor(step: RoutedStep): Promise<void> {
    await this.#createShown(step);
    if (!writes(step) || effectOf(step)?.kind === 'create') return;
    for (const entity of this.#partlyOutside.addPartly(step)) this.#forget(entity);
  }

  isUnmet(entity: Entity): boolean {
    return this.#preparation?.unmet.has(entity) === true;
  }

  isAltered(entity: Entity): boolean {
    return this.#altered.has(entity) || this.#partlyOutside.has(entity);
  }

  /** Sends a recorded exchange and compares the answer. */
  async play(step: Step): Promise<Settled> {
    if (!isRouted(step)) {
      for (const entity of this.#altered.add(step)) this.#forget(entity);
      return new Map([[step, { kind: 'outside', why: [step.line] }]]);
    }
    if (step.undeclared.length > 0) {
      if (isSuccess(step) && writes(step)) await this.#sendDeclaredPart(step);
      return new Map([[step, { kind: 'outside', why: step.undeclared }]]);
    }
    this.#cursors.add(step);
    const authorization = await authorizationFor(this.known, this.#target, step, (name) =>
      reachesLimit(this, step, name),
    );
    if (step.incomplete === 'request') this.#incompleteWrites.add(step);
    const reason =
      reasonNotToSend(step, this.#sending()) ?? ('reason' in authorization ? authorization.reason : undefined);
    if (step.incomplete === 'request') await this.#createShown(step);
    if (reason !== undefined) return this.#unsent(step, reason);
    const { body } = step.exchange.request;
    const sent = body === undefined ? undefined : this.correspondence.json(body);
    const request = writeRequest(this.correspondence, step, sent);
    const refusal = this.#target.refusal?.(request);
    if (refusal !== undefined) return this.#unsent(step, refusal);
    const header = 'header' in authorization ? authorization.header : undefined;
    const actual = await this.#answered(step, header === undefined ? request : withAuthorization(request, header));
    if (actual.status >= 400 && isSuccess(step) && violatesInRequest(step.violations)) await this.#makeUpFor(step);
    this.#addEffects(step, actual);
    const unverified = await this.#verifyWrite(step, actual);
    return this.#settle(step, actual, unverified);
  }

  /** Expects nothing of what was sent for an entity any more. */
  #forget({ resource, first }: Entity): void {
    const key = first[resource.key];
    const parent = parentOf({ resource, first });
    if (typeof key === 'string') this.sent.clear(entityName(resource, key, parent));
  }

  /** The answer of the target. An eventually consistent listing of a remote target is read until it matches. */
  async #answered(step: RoutedStep, request: HttpRequest): Promise<TargetResponse> {
    for (let attempt = 0; ; attempt += 1) {
      const actual = await this.#target.send(request);
      const mayShowLate = effectOf(step)?.consistency === 'eventual' && this.#target.restart === undefined;
      if (!mayShowLate || attempt === MAX_RETRIES) return actual;
      const compared = this.#comparison.compare(step, actual).get(step);
      const isComplete = compared === undefined ? !lacksCursor(step, actual) : compared.differences.length === 0;
      if (isComplete) return actual;
      await this.#target.pause();
    }
  }

  /** Differences after a write that no later exchange of the recording verifies. */
  async #verifyWrite(step: RoutedStep, actual: TargetResponse): Promise<readonly Difference[]> {
    if (this.#writeVerifier === undefined || !isSuccess(step) || actual.status >= 300) return [];
    return this.#writeVerifier.after(step, actual, {
      correspondence: this.correspondence,
      tracker: this.tracker,
      send: async ({ operation, method, path, headers, body }) => {
        const answer = await this.#send({ method, path, headers, ...(body === undefined ? {} : { body }) });
        // That something is gone is what a deletion is for, whether or not a document says how that is answered.
        const isGone = effectOf(step)?.kind === 'delete' && (answer.status === 404 || answer.status === 410);
        if (operation !== undefined && !(isGone && responseFor(operation, answer.status) === undefined))
          this.#violations.push(...this.#violationsOf(operation, answer, `then ${method} ${path}`));
        return answer;
      },
      pause: () => this.#target.pause(),
    });
  }

  #violationsOf(operation: Operation, answer: TargetResponse, place: string): readonly Difference[] {
    return this.known.conform
      .response(operation, asRecorded(answer))
      .map((each) => ({ ...each, place: `${place}: ${each.place}` }));
  }

  /** The results of a step that cannot be sent. */
  #unsent(step: RoutedStep, reason: string): Settled {
    const differences = [...step.violations, ...this.#violations.splice(0)].map(asReported);
    const expected = recordedAnswer(step, this.correspondence);
    const result: ExchangeResult =
      differences.length === 0 ? { kind: 'assumed', reason } : { kind: 'mismatched', expected, differences };
    const others = [...this.#comparison.skip(step)].map(([page, compared]) => this.#resultOf(page, compared));
    return new Map([...others, [step, result]]);
  }

  #settle(step: RoutedStep, actual: TargetResponse, unverified: readonly Difference[]): Settled {
    const found = [...this.#comparison.compare(step, actual)];
    // The pages of a listing are settled with the last one.
    const ofOwn = found.some(([page]) => page === step) ? this.#violations.splice(0) : [];
    const additional = { unverified, ofOwn };
    return new Map(
      found.map(([page, compared]) => this.#resultOf(page, compared, page === step ? additional : undefined)),
    );
  }

  #resultOf(
    step: RoutedStep,
    { differences, response, unprepared = 0 }: Compared,
    { unverified, ofOwn }: Additional = { unverified: [], ofOwn: [] },
  ): [Step, ExchangeResult] {
    const certain = [...step.violations, ...ofOwn];
    if (step.incomplete === 'response' && certain.length === 0 && isStatusRecorded(step, response)) {
      return [step, { kind: 'assumed', reason: 'the recording lacks the response body' }];
    }
    const answers = { recorded: step.exchange.response.status, answered: response.status };
    const found = [...besidesViolations(step.violations, differences, answers), ...unverified];
    const reason = found.length > 0 ? this.#reasonToAssume(step, response) : undefined;
    const all = [...certain, ...(reason === undefined ? found : [])];
    if (all.length === 0 && reason !== undefined) return [step, { kind: 'assumed', reason }];
    if (all.length === 0 && unprepared > 0)
      return [step, { kind: 'assumed', reason: `${counted(unprepared, 'item')} could not be created` }];
    if (all.length === 0) return [step, { kind: 'matched' }];
    const expected = recordedAnswer(step, this.correspondence);
    return [step, { kind: 'mismatched', expected, actual: answerOf(response), differences: all.map(asReported) }];
  }

  /** Why a target that keeps the contract may answer otherwise than was recorded. */
  #reasonToAssume(step: RoutedStep, { status }: TargetResponse): string | undefined {
    const { request, response: recorded } = step.exchange;
    // The cause of the recorded status is unknown.
    if (holdsRedacted(request.body) && status !== recorded.status) return 'the request contains a redacted value';
    if (this.#incompleteWrites.affect(step)) return 'an earlier request without its recorded body may have changed it';
    const reason = this.#target.restart === undefined ? undefined : unstatedReason(this.known, step, status);
    if (reason !== undefined) return reason;
    if (recorded.status >= 500 && status < 500) return 'the recorded server failed, which no target has to repeat';
    const isOpposite = status < 400 !== recorded.status < 400;
    return isOpposite && this.#altered.isReferencedBy(step) ? 'an exchange outside the contract changed it' : undefined;
  }

  #addEffects(step: RoutedStep, actual: TargetResponse): void {
    // Nobody knows what of it an operation of unknown meaning changed.
    if (effectOf(step) === undefined && isSuccess(step))
      for (const entity of this.#altered.add(step)) this.#forget(entity);
    this.#effects.add(step, actual);
  }

  /** Whether a text is the key of something that the recorded service created by itself. */
  #isUnmetKey(text: string): boolean {
    return [...(this.#preparation?.unmet.keys() ?? [])].some(({ resource, first }) => first[resource.key] === text);
  }

  #sending(): SendingContext {
    const { known, correspondence } = this;
    const { catalogue } = this.assumptions;
    const keepsItems = this.#target.restart === undefined;
    return { known, catalogue, correspondence, cursors: this.#cursors, preparation: this.#preparation, keepsItems };
  }

  /** Sends the declared part of an exchange outside the contract: later exchanges may need what it created. */
  async #sendDeclaredPart(step: RoutedStep): Promise<void> {
    const { operation } = step.match;
    const body = declaredPart(bodyView(this.known.views, operation), step.exchange.request.body);
    const undeclared = undeclaredQuery(operation, step.exchange.request);
    const query = Object.fromEntries(Object.entries(step.query).filter(([name]) => !undeclared.includes(name)));
    const sent = body === undefined ? undefined : this.correspondence.json(body);
    this.#partlyOutside.addPartly(step);
    const request = writeRequest(this.correspondence, step, sent, query);
    if (this.#target.refusal?.(request) !== undefined) return;
    const actual = await this.#send(request);
    if (actual.status >= 400) await this.#createShown(step);
    else this.#addEffects(step, actual);
  }

  async #send(request: HttpRequest): Promise<TargetResponse> {
    const operation = this.known.routes.match(request.method, request.path.replace(/\?.*$/, ''))?.operation;
    if (operation !== undefined && !this.#target.takesToken(operation)) return this.#target.send(request);
    return this.#target.send(withAuthorization(request, `Bearer ${await this.#target.token()}`));
  }
}

function isStatusRecorded({ exchange }: RoutedStep, { status }: TargetResponse): boolean {
  return exchange.response.status === status;
}

function withAuthorization(request: HttpRequest, value: string): HttpRequest {
  return { ...request, headers: { ...request.headers, authorization: value } };
}
