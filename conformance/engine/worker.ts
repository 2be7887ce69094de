import type { Operation } from '../../contract/contract.js';
import { existsOnce } from '../../contract/exists-once.js';
import { answersWithStream } from '../../contract/http/stream.js';
import type { BodyWriter } from '../fixtures/bodies.js';
import { CheckFixtures } from '../fixtures/check-fixtures.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import { EffectTracker } from '../fixtures/effect-tracker.js';
import type { ExistingResources } from '../fixtures/existing-resources.js';
import { FixturePool } from '../fixtures/fixture-pool.js';
import type { Subject } from '../fixtures/fixtures.js';
import type { Preparation } from '../fixtures/preparation.js';
import type { SuppliedFixtures } from '../fixtures/supplied.js';
import { idOf, resourceNamed } from '../lookup/identity.js';
import { type Tuple, tupleKey } from '../lookup/tuples.js';
import { NoAnswer } from '../session/no-answer.js';
import { hasNoEffect } from '../session/resend.js';
import { hookValues } from '../target/auth0/client-credentials.js';
import { besidesText, type Exchange } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import type { Target } from '../target/target.js';
import { CheckRun, type CheckRunOptions, type SendHeaders } from './check-run.js';
import type { CheckResult, Purpose } from './event.js';
import { fullHeaders } from './full-headers.js';
import { Losses } from './losses.js';
import type { PlannedCheck } from './plan/plan.js';
import { isAccident, resendWrite } from './resend-write.js';
import { deleteResource, type RestorationOptions, removeTuples } from './restoration.js';
import { deriveSeed } from './seed.js';
import {
  derivedResources,
  lackOfOthers,
  type NoState,
  namedInPath,
  provesNoState,
  withoutEffect,
} from './state-proof.js';
import { Stop } from './stop.js';
import { TrackedSending, type TrackedSendingOptions } from './tracked-sending.js';

export interface WorkerOptions extends TrackedSendingOptions {
  readonly bodies: BodyWriter;
  readonly created: CreatedResources;
  readonly preparation: Preparation;
  /** Whether no check of an operation is to run. */
  readonly leavesOut?: (operation: Operation) => boolean;
  /** Existing resources to use as fixtures. */
  readonly supplied?: SuppliedFixtures;
  /** Takes what exists instead of creating anything. */
  readonly existing?: ExistingResources;
  /** Creates a resource that no operation creates. */
  readonly provision?: NonNullable<Target['provision']>;
  readonly seed: number;
  /** The run's mark, and a letter for the worker. */
  readonly mark: string;
}

/** What the run hands to a check; the worker adds the rest. */
export type CheckRunInput = Omit<CheckRunOptions, 'send' | 'seed' | 'tokens' | 'contract' | 'setupOf'>;

/** Runs checks one after the other, with fixtures that no other worker uses. */
export class Worker {
  readonly pool: FixturePool;
  readonly #options: WorkerOptions;
  readonly #tracker: EffectTracker;
  readonly #sending: TrackedSending;
  /** Of the check that runs. */
  #losses: Losses;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#losses = new Losses(options.session.isShared);
    this.#tracker = new EffectTracker(options.contract, options.created, options.mark);
    this.#sending = new TrackedSending(options, this.#tracker);
    const { provision } = options;
    this.pool = new FixturePool({
      ...options,
      ...(provision === undefined ? {} : { provision: this.#recorded(provision) }),
    });
  }

  /** What can be deleted is removed after the check. */
  #recorded(provision: NonNullable<Target['provision']>): NonNullable<Target['provision']> {
    const { contract, effects } = this.#options;
    return (name, seed, keys) => {
      const value = provision(name, seed, keys);
      const id = idOf(resourceNamed(contract, name), value);
      if (id !== undefined && effects.one('delete', name) !== undefined) this.#tracker.provisioned(name, id);
      return value;
    };
  }

  /** Sends with the full-access token, and tracks the effect. @throws Stop, NoAnswer */
  async send(request: PlannedRequest, purpose: Purpose, planned?: PlannedCheck): Promise<Exchange> {
    return this.sendAs(request, await fullHeaders(this.#options.tokens, request), purpose, planned);
  }

  /** Sends a write again if its answer is lost, except at the first loss of a check. @throws Stop, NoAnswer */
  async sendAs(
    request: PlannedRequest,
    options: SendHeaders,
    purpose: Purpose,
    planned?: PlannedCheck,
  ): Promise<Exchange> {
    const isAlone = this.#sending.isIdle;
    const once = () => this.#sending.send({ request, headers: options, purpose, planned });
    try {
      return await once();
    } catch (error) {
      const { session } = this.#options;
      const maySend = this.#losses.resendsWrites && isAlone && purpose !== 'cleanup' && options.rate === 'wait';
      if (!(error instanceof NoAnswer) || !maySend || hasNoEffect(request)) throw error;
      if (!isAccident(error, session.isShared)) throw error;
      const suspect = this.#tracker.suspectOf(request);
      return resendWrite(error, {
        ...this.#options,
        ...(suspect === undefined ? {} : { suspect }),
        isShared: session.isShared,
        recovers: async () => (await session.recovers()) !== 'none',
        again: once,
        send: async (search) => {
          const headers = await fullHeaders(this.#options.tokens, search);
          return this.#sending.send({ request: search, headers, purpose: 'fixture', planned });
        },
      });
    }
  }

  /** Runs one check and restores the fixtures; a check that lost a request runs again. Throws only defects. */
  async run(given: CheckRunInput): Promise<CheckResult> {
    this.#losses = new Losses(this.#options.session.isShared);
    const input = await this.#withProvenState(given).catch(stopOf);
    if (input instanceof Stop) return unstarted(given.planned, input);
    for (;;) {
      const used = new Map<string, Subject>();
      const checkRun = this.#createCheckRun(input, used);
      const end = await this.#finish(checkRun);
      await this.#settle(input.planned, checkRun.suspicious ? [...used.values()] : []);
      if (end !== 'repeat') return withLosses(checkRun.result(end), this.#losses);
    }
  }

  /** An effect that was derived counts only where the target keeps state. */
  async #withProvenState(input: CheckRunInput): Promise<CheckRunInput | Stop> {
    const { planned } = input;
    const { contract, preparation, created, seed } = this.#options;
    const send = (request: PlannedRequest) => this.send(request, 'fixture', planned);
    const lackOf = (resource: string) => {
      const create = () =>
        this.pool.answered(resource, { seed: deriveSeed(seed, 'proof', resource), keep: false }, send);
      const proof = { contract, resource, created, create, send };
      return preparation.lacksState(resource, () => provesNoState(proof));
    };
    let lack: NoState | undefined;
    const isSupplied = (resource: string): boolean => this.#options.supplied?.has(resource) === true;
    const isRelation = planned.operation.effect?.on === 'relation';
    const needed = derivedResources(planned.operation, contract).filter((side) => !isRelation || !isSupplied(side));
    for (const resource of needed)
      lack ??= await (existsOnce(contract, resource) ? lackOfOthers(planned, contract, lackOf) : lackOf(resource));
    if (lack === undefined) return input;
    const kept = new Set<string>();
    for (const resource of Object.keys(namedInPath(planned.operation))) {
      if (!needed.includes(resource) && (isSupplied(resource) || (await lackOf(resource)) === undefined))
        kept.add(resource);
    }
    const operation = withoutEffect(planned, contract, kept);
    if (operation !== undefined && lack.mayKeep) this.#tracker.follow(operation, planned.operation);
    if (operation !== undefined) return { ...input, planned: { ...planned, operation } };
    return new Stop(`${lack.reason} That it does was derived from its paths; --stateless leaves it out.`, 'contract');
  }

  #createCheckRun(input: CheckRunInput, used: Map<string, Subject>): CheckRun {
    const { planned } = input;
    const { seed: runSeed, contract, tokens, session } = this.#options;
    const seed = deriveSeed(runSeed, planned.check.id, planned.operation.id);
    const isPresent = (tuple: Tuple) => this.#tracker.tuples.has(tupleKey(contract, tuple));
    const checkRun: CheckRun = new CheckRun(
      {
        ...input,
        seed,
        contract,
        tokens,
        setupOf: (exchanges, texts) => this.#tracker.setupOf(exchanges, texts),
        send: (request, options) => this.sendAs(request, options, 'check', planned),
      },
      (sendProbe) =>
        new CheckFixtures({
          ...this.#options,
          pool: this.pool,
          seed,
          sendSetup: async (request) => {
            const exchange = await this.send(request, 'fixture', planned);
            this.#tracker.prepared(exchange);
            return exchange;
          },
          sendProbe,
          hook: (hook) => hookValues(hook, session.target),
          onUse: (subject) => used.set(keyOf(subject), subject),
          removeTuples: (tuples) => removeTuples(this.#restoration(planned), tuples.filter(isPresent)),
          isPresent,
          observe: (note) => checkRun.context.observe(note),
        }),
    );
    return checkRun;
  }

  /** Runs the check. @returns why it ended early; absent: it did not */
  async #finish(checkRun: CheckRun): Promise<Stop | 'repeat' | undefined> {
    try {
      await checkRun.start();
      return undefined;
    } catch (error) {
      if (error instanceof Stop) return error;
      if (!(error instanceof NoAnswer)) throw error;
      return this.#afterLoss(checkRun, error);
    }
  }

  async #afterLoss(checkRun: CheckRun, loss: NoAnswer): Promise<Stop | 'repeat' | undefined> {
    if (loss.stop !== undefined) return loss.stop;
    const { session } = this.#options;
    const recovery = session.gone === undefined ? await session.recovers() : 'none';
    if (recovery === 'none') return new Stop(session.gone ?? loss.message, 'target');
    const { request } = loss.exchange;
    // A path that is spelt otherwise may lead to the same operation.
    const mayStream = loss.failure.isStream || answersWithStream(request.operation ?? checkRun.context.operation);
    if (loss.failure.kind === 'timeout' && mayStream)
      return new Stop(`${request.method} ${request.path} answers with a stream, and it may not end.`, 'contract');
    const next = this.#losses.add(loss, checkRun.requests, recovery);
    // What was found before the loss counts; running again would report it twice.
    if (next === 'repeat' && !checkRun.suspicious) return next;
    if (next === 'report' || (next === 'repeat' && (await this.#isLostAgain(loss)))) {
      checkRun.report({
        code: 'NO_ANSWER',
        cause: `no answer: ${loss.failure.kind}`,
        expected: 'an answer',
        actual: textOf(loss),
        evidence: { grade: 'documented', source: 'every server answers' },
        exchange: loss.exchange,
      });
      return undefined;
    }
    return new Stop(this.#losses.text ?? loss.message, 'target');
  }

  /** Sends a write again that got no answer. @returns whether it gets none, however often it is sent */
  async #isLostAgain({ exchange: { request, authorization, scopes } }: NoAnswer): Promise<boolean> {
    const options = { ...(authorization !== undefined && { authorization }), ...(scopes !== undefined && { scopes }) };
    try {
      await this.sendAs(request, { ...options, rate: 'wait' }, 'check');
      return false;
    } catch (error) {
      if (error instanceof NoAnswer) return isAccident(error, this.#options.session.isShared) && !error.answersAgain;
      if (error instanceof Stop) return false;
      throw error;
    }
  }

  /** Undoes the effects of the check. Fixtures that cannot be restored are retired, and removed at the end of the run. */
  async #settle(planned: PlannedCheck, suspicious: readonly Subject[]): Promise<void> {
    const { altered, created, tuples } = this.#tracker;
    const own = [...created].filter(([, { resource, id }]) => !this.pool.keeps(resource, id));
    const supplied = new Set([...(this.#options.supplied?.values() ?? [])].flat().map(keyOf));
    const retired = new Set([...altered, ...own.map(([key]) => key), ...suspicious.map((subject) => keyOf(subject))]);
    try {
      // Tuples of a retired resource go with it, unless they are of one that later checks use all the same.
      const stays = ({ names }: Tuple) => {
        const keys = Object.entries(names).map(([side, name]) => keyOf({ resource: side, id: String(name) }));
        return !keys.some((key) => retired.has(key)) || keys.some((key) => supplied.has(key));
      };
      await removeTuples(this.#restoration(planned), [...tuples.values()].filter(stays));
      for (const [, created] of own) await deleteResource(this.#restoration(planned), created);
    } catch (error) {
      if (!(error instanceof Stop || error instanceof NoAnswer)) throw error;
      for (const { names } of tuples.values()) {
        for (const [resource, id] of Object.entries(names)) retired.add(keyOf({ resource, id: String(id) }));
      }
    }
    for (const key of retired) this.pool.retire(key);
    this.#tracker.settle((resource, id) => this.pool.keeps(resource, id));
  }

  #restoration(planned: PlannedCheck): RestorationOptions {
    const { contract, effects } = this.#options;
    return { contract, effects, send: (request) => this.send(request, 'fixture', planned) };
  }
}

/** What ended the search for state; defects are thrown on. */
function stopOf(error: unknown): Stop {
  if (error instanceof Stop) return error;
  if (error instanceof NoAnswer) return error.stop ?? new Stop(error.message, 'target');
  throw error;
}

/** A server that answers one request after the other may stall where several come at once. */
function textOf({ failure, besides }: NoAnswer): string {
  if (failure.kind !== 'timeout' || besides === 0) return failure.message;
  return `${failure.message}, ${besidesText(besides)}`;
}

function unstarted(planned: PlannedCheck, { message, because }: Stop): CheckResult {
  return { planned, runs: 0, requests: 0, notes: [], missed: [], outcome: 'skipped', reason: message, because };
}

/** A pass after lost requests says so. */
function withLosses(result: CheckResult, losses: Losses): CheckResult {
  if (losses.text === undefined || result.outcome !== 'passed') return result;
  const reason = `The check ran again after a lost connection: ${losses.text}`;
  return { ...result, reason: result.reason === undefined ? reason : `${result.reason} ${reason}` };
}

function keyOf({ resource, id }: { readonly resource: string; readonly id: string }): string {
  return `${resource} ${id}`;
}
