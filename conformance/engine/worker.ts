import type { Contract, Json } from '../../contract/contract.js';
import type { BodyWriter } from '../fixtures/bodies.js';
import { CheckFixtures } from '../fixtures/check-fixtures.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import { EffectTracker } from '../fixtures/effect-tracker.js';
import { FixturePool } from '../fixtures/fixture-pool.js';
import type { Subject } from '../fixtures/fixtures.js';
import type { Effects } from '../lookup/effects.js';
import { changeRequests, type Tuple, tupleKey } from '../lookup/tuples.js';
import { hookValues } from '../target/auth0/client-credentials.js';
import type { Clock } from '../target/clock.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { type HttpSession, NoAnswer } from '../target/http-session.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';
import type { Tokens } from '../target/tokens/token.js';
import { CheckRun, type CheckRunOptions } from './check-run.js';
import type { CheckResult, Purpose } from './event.js';
import type { PlannedCheck } from './plan.js';
import { deriveSeed } from './seed.js';
import { Stop } from './stop.js';

export interface WorkerOptions {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly bodies: BodyWriter;
  readonly created: CreatedResources;
  readonly session: HttpSession;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly seed: number;
  /** The run's mark, and a letter for the lane. */
  readonly mark: string;
  readonly signal: AbortSignal;
}

/** What a lane gives a check of its own; the rest is the run's. */
export type CheckRunInput = Omit<CheckRunOptions, 'send' | 'seed' | 'tokens' | 'contract' | 'creationsOf'>;

/** One check after the other, each with the lane's fixtures for itself. */
export class Worker {
  readonly pool: FixturePool;
  readonly #options: WorkerOptions;
  readonly #tracker: EffectTracker;
  #underWay = 0;
  /** The requests that are under way overlap: the order of their effects is the target's secret. */
  #overlapped = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#tracker = new EffectTracker(options.contract, options.created, options.mark);
    this.pool = new FixturePool(options);
  }

  /** Sends with the token that may everything, and follows what it does. @throws Stop, NoAnswer */
  async send(request: PlannedRequest, purpose: Purpose, planned?: PlannedCheck): Promise<Exchange> {
    if (request.operation?.security.length === 0) return this.sendAs(request, { rate: 'wait' }, purpose, planned);
    const { value, scopes } = await this.#options.tokens.full();
    return this.sendAs(request, { authorization: `Bearer ${value}`, scopes, rate: 'wait' }, purpose, planned);
  }

  async sendAs(
    request: PlannedRequest,
    options: Parameters<CheckRunOptions['send']>[1],
    purpose: Purpose,
    planned?: PlannedCheck,
  ): Promise<Exchange> {
    this.#overlapped = this.#underWay > 0;
    this.#underWay += 1;
    try {
      const exchange = await this.#options.session.send(request, {
        ...options,
        purpose,
        ...(planned === undefined ? {} : { planned }),
      });
      this.#tracker.record(exchange, !this.#overlapped);
      return exchange;
    } catch (error) {
      if (error instanceof NoAnswer) this.#tracker.record(error.exchange, false);
      throw error;
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Runs one check and puts the fixtures back in order. Throws only what is a defect. */
  async run(input: CheckRunInput): Promise<CheckResult> {
    const { planned } = input;
    const seed = deriveSeed(this.#options.seed, planned.check.id, planned.operation.id);
    const used = new Map<string, Subject>();
    const { target } = this.#options.session;
    const isPresent = (tuple: Tuple) => this.#tracker.tuples.has(tupleKey(this.#options.contract, tuple));
    const sendSetup = async (request: PlannedRequest) => this.send(request, 'fixture', planned);
    const checkRun = new CheckRun(
      {
        ...input,
        seed,
        contract: this.#options.contract,
        tokens: this.#options.tokens,
        creationsOf: (exchanges) => this.#tracker.creationsOf(exchanges),
        send: (request, options) => this.sendAs(request, options, 'check', planned),
      },
      (sendProbe) =>
        new CheckFixtures({
          ...this.#options,
          pool: this.pool,
          seed,
          sendSetup,
          sendProbe,
          hook: (hook) => hookValues(hook, target),
          onUse: (subject) => used.set(keyOf(subject), subject),
          removeTuples: (tuples) => this.#takeOut(planned, tuples.filter(isPresent)),
          isPresent,
        }),
    );
    const stop = await this.#finish(checkRun);
    await this.#settle(planned, checkRun.suspicious ? [...used.values()] : []);
    return checkRun.result(stop);
  }

  /** What ended the check before its time, if anything did. */
  async #finish(checkRun: CheckRun): Promise<Stop | undefined> {
    try {
      await checkRun.start();
      return undefined;
    } catch (error) {
      if (error instanceof Stop) return error;
      if (!(error instanceof NoAnswer)) throw error;
      if (error.stop !== undefined) return error.stop;
      const { session } = this.#options;
      if (session.gone === undefined && (await session.answers())) {
        checkRun.report({
          cause: `no answer: ${error.failure.kind}`,
          expected: 'an answer',
          actual: error.failure.message,
          evidence: { grade: 'documented', source: 'what every server owes' },
          exchange: error.exchange,
        });
        return undefined;
      }
      return new Stop(session.gone ?? error.message, 'target');
    }
  }

  /** Undoes what the check did. What cannot be undone now is given up, and goes at the end of the run. */
  async #settle(planned: PlannedCheck, suspicious: readonly Subject[]): Promise<void> {
    const { altered, created, tuples } = this.#tracker;
    const own = [...created].filter(([, { resource, id }]) => !this.pool.keeps(resource, id));
    const gone = new Set([...altered, ...own.map(([key]) => key), ...suspicious.map((subject) => keyOf(subject))]);
    try {
      await this.#untangle(planned, gone);
      for (const [, { resource, id }] of own) await this.#remove(planned, resource, id);
    } catch (error) {
      if (!(error instanceof Stop || error instanceof NoAnswer)) throw error;
      for (const { names } of tuples.values()) {
        for (const [resource, id] of Object.entries(names)) gone.add(keyOf({ resource, id: String(id) }));
      }
    }
    for (const key of gone) this.pool.retire(key);
    this.#tracker.settle((resource, id) => this.pool.keeps(resource, id));
  }

  /** Takes out the tuples that the check left, but for those that go with something that goes anyway. */
  async #untangle(planned: PlannedCheck, gone: ReadonlySet<string>): Promise<void> {
    const stays = ({ names }: Tuple) =>
      !Object.entries(names).some(([side, name]) => gone.has(keyOf({ resource: side, id: String(name) })));
    await this.#takeOut(planned, [...this.#tracker.tuples.values()].filter(stays));
  }

  async #takeOut(planned: PlannedCheck, tuples: readonly Tuple[]): Promise<void> {
    const { contract, effects } = this.#options;
    const batches = new Map<string, { relation: string; fixed: Record<string, Json>; many: Json[] }>();
    for (const { relation, names } of tuples) {
      const removal = effects.all('remove', relation)[0];
      const sides = Object.keys(removal?.effect?.of ?? {});
      const fixed = Object.fromEntries(sides.map((side) => [side, names[side] ?? '']));
      const rest = Object.keys(names).find((side) => !sides.includes(side));
      if (removal === undefined || rest === undefined) continue;
      const key = JSON.stringify([relation, fixed]);
      const batch = batches.get(key) ?? { relation, fixed, many: [] };
      batch.many.push(names[rest] ?? '');
      batches.set(key, batch);
    }
    for (const { relation, fixed, many } of [...batches.values()]) {
      const known = contract.relations.get(relation);
      if (known === undefined) continue;
      for (const { operation, values } of changeRequests(effects, { kind: 'remove', relation: known, fixed, many })) {
        const exchange = await this.send(buildRequest(operation, values), 'fixture', planned);
        if (!succeeded(exchange)) throw new Stop('What the check added could not be taken out again.', 'target');
      }
    }
  }

  async #remove(planned: PlannedCheck, resource: string, id: string): Promise<void> {
    const removal = this.#options.effects.one('delete', resource);
    const parameter = removal?.effect?.of[resource];
    if (removal === undefined || parameter === undefined) return;
    await this.send(buildRequest(removal, { ...noValues, path: { [parameter]: id } }), 'fixture', planned);
  }
}

function keyOf({ resource, id }: { readonly resource: string; readonly id: string }): string {
  return `${resource} ${id}`;
}
