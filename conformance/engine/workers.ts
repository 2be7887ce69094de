import type { Contract, Operation } from '../../contract/contract.js';
import type { Depth } from '../check.js';
import { cleanUp, removeCreated } from '../cleanup/cleanup.js';
import { AnsweredKeys } from '../fixtures/answered-keys.js';
import { BodyWriter } from '../fixtures/bodies.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import { ExistingResources } from '../fixtures/existing-resources.js';
import { createNames } from '../fixtures/names.js';
import { Preparation } from '../fixtures/preparation.js';
import { Settling } from '../fixtures/settling.js';
import type { SuppliedFixtures } from '../fixtures/supplied.js';
import { InvalidItems, judgeWithoutInvalidItems } from '../judge/invalid-items.js';
import { createJudge, type Judge } from '../judge/judge.js';
import type { Effects } from '../lookup/effects.js';
import type { Redactor } from '../redaction/redact.js';
import { ItemsOfOthers } from '../safeguards/items-of-others.js';
import { KeptSingletons } from '../safeguards/kept-singletons.js';
import { UnknownChanges } from '../safeguards/unknown-changes.js';
import { WholeCollections } from '../safeguards/whole-collections.js';
import type { HttpSession } from '../session/http-session.js';
import type { Clock } from '../target/clock.js';
import type { PlannedRequest } from '../target/request.js';
import type { Target } from '../target/target.js';
import type { Tokens } from '../target/tokens/token.js';
import { isSkipped } from './plan/plan.js';
import type { RunOptions } from './run-options.js';
import { Worker } from './worker.js';

/** What stays at a target, named so that a person can look after it. */
export interface Remains {
  /** What the run created. */
  readonly leftovers: readonly string[];
  /** What was there before and is changed, or may be. */
  readonly changed: readonly string[];
}

/** Who runs the checks of a run, and who judges the answers. */
export interface Crew {
  readonly judge: Judge;
  readonly workers: readonly [Worker, ...Worker[]];
  /** Creates what tokens are granted to, apart, so that no check's effect tracker counts it as the check's. */
  readonly granting: Worker;
  /** Removes what the run created so far; later checks create their own. */
  readonly tidy: () => Promise<void>;
  /** Removes what the run created, and sets back what it changed. */
  readonly cleanUp: () => Promise<Remains>;
}

export interface CrewOptions {
  readonly contract: Contract;
  readonly depth: Depth;
  readonly target: Target;
  readonly options: RunOptions;
  /** Stops the checks. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly created: CreatedResources;
  /** Receives what the run created, where the answer alone does not say so. */
  readonly onOwn: (resource: string, id: string) => void;
  /** Receives what answers to creations name though it was there before. */
  readonly onThere: (resource: string, id: string) => void;
  readonly effects: Effects;
  readonly session: HttpSession;
  readonly tokens: Tokens;
  readonly redactor: Redactor;
  /** Receives by how much the number of requests grows that the end of the run takes. */
  readonly keep: (requests: number) => void;
  /** Of the run; each worker has a mark that begins with it. */
  readonly mark: string;
}

/** Creates workers that share what a run learns. */
export function createCrew({ depth, target, options, mark, onOwn, onThere, ...parts }: CrewOptions): Crew {
  const { contract, created } = parts;
  const singletons = new KeptSingletons({ ...parts, mark });
  const unknownChanges = new UnknownChanges(contract, created);
  const shared = {
    ...parts,
    seed: options.seed,
    bodies: new BodyWriter(contract, createNames(contract)),
    settling: new Settling(parts.session.isShared),
    preparation: new Preparation(),
    answeredKeys: new AnsweredKeys({ contract, created, mark, onOwn, onThere }),
    singletons,
    unknownChanges,
    wholeCollections: new WholeCollections(contract, created),
    itemsOfOthers: new ItemsOfOthers({ contract, created, mark }),
    invalidItems: new InvalidItems(contract),
    leavesOut: (operation: Operation) => isSkipped(operation, options.skip),
    ...(options.readOnly === true && { existing: new ExistingResources(contract, parts.effects) }),
    ...(target.provision && options.readOnly !== true && { provision: target.provision }),
  };
  const { fixtures } = options;
  const count = Math.min(workerCount(depth, target), suppliedFor(fixtures));
  const workerMarked = (suffix: string | number, supplied = fixtures) =>
    new Worker({ ...shared, mark: `${mark}${suffix}`, ...(supplied && { supplied }) });
  const partOf = (index: number) => fixtures && everyNth(fixtures, count, index);
  const first = workerMarked(0, partOf(0));
  const others = Array.from({ length: count - 1 }, (_, index) => workerMarked(index + 1, partOf(index + 1)));
  const send = (request: PlannedRequest) => first.send(request, 'cleanup');
  const workers = [first, ...others] as const;
  const granting = workerMarked('t');
  const cleaning = { ...parts, workers: target.workers, send };
  return {
    judge: judgeWithoutInvalidItems(createJudge(contract), shared.invalidItems),
    workers,
    granting,
    tidy: async () => {
      await singletons.restore(send);
      // Tokens end with what they were granted to.
      await removeCreated(cleaning, ({ resource, id }) => !granting.pool.keeps(resource, id));
      for (const { pool } of workers) pool.clear();
    },
    // A setting may keep others from being removed.
    cleanUp: async () => {
      const changed = await singletons.restore(send);
      const leftovers = await cleanUp({ ...cleaning, mark });
      return { leftovers, changed: [...changed, ...unknownChanges.lines] };
    },
  };
}

/** Each worker has its fixtures: a short run at a shared target needs few. */
function workerCount(depth: Depth, target: Target): number {
  return target.metered && depth === 'smoke' ? 1 : target.workers;
}

/** What a worker changes of a supplied resource must be no other worker's: one with fewer has too few for many checks. */
const SUPPLIED_EACH = 4;

/** For how many workers there are enough supplied resources. */
function suppliedFor(fixtures: SuppliedFixtures = new Map()): number {
  const fewest = Math.min(...[...fixtures.values()].map((subjects) => subjects.length));
  return Math.max(1, Math.floor(fewest / SUPPLIED_EACH));
}

function everyNth(fixtures: SuppliedFixtures, count: number, first: number): SuppliedFixtures {
  const parts = [...fixtures].map(
    ([name, subjects]) => [name, subjects.filter((_, at) => at % count === first)] as const,
  );
  return new Map(parts);
}
